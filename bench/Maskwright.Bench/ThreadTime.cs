using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Maskwright.Bench;

/// <summary>The processor time of the calling thread, which other work on the machine does not lengthen; elsewhere than on Linux the time on the wall.</summary>
internal static class ThreadTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>Seconds since some beginning.</summary>
    public static double Now => OperatingSystem.IsLinux() && ClockGetTime(ThreadClock, out var time) == 0 ? time.Seconds + (time.Nanoseconds * 1e-9) : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    /// <summary>The least time of many runs in seconds; the compiler, which works beside, gets time to do its best.</summary>
    /// <param name="action">What to time.</param>
    /// <param name="runs">The fewest runs.</param>
    public static double Best(Action action, int runs)
    {
        var (best, count) = (double.MaxValue, 0);
        foreach (var (seconds, pause) in new[] { (0.2, 300), (0.2, 300), (0.4, 0) })
        {
            for (var begin = Now; count < runs || Now - begin < seconds; count++)
            {
                var start = Now;
                action();
                best = Math.Min(best, Now - start);
            }

            Thread.Sleep(pause);
        }

        return best;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
