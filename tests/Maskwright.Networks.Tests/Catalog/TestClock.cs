namespace Maskwright.Networks.Tests.Catalog;

/// <summary>A clock on which pauses pass at once and are written down, while long limits run out only when the test says so.</summary>
internal sealed class TestClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Timers up to this length are pauses.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>What tests set as time limits, so that no limit is taken for a pause.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly List<TimeSpan> pauses = [];
    private readonly List<TestTimer> limits = [];
    private DateTimeOffset now = Start;

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (gate)
            {
                return [.. pauses];
            }
        }
    }

    /// <summary>Number of limits that are running.</summary>
    public int RunningLimits
    {
        get
        {
            lock (gate)
            {
                return limits.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets every limit that is running run out.</summary>
    public void RunOut()
    {
        TestTimer[] due;
        lock (gate)
        {
            due = [.. limits];
            limits.Clear();
        }

        Array.ForEach(due, timer => timer.Fire());
    }

    private sealed class TestTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool isOver;

        public void Fire()
        {
            if (!isOver)
            {
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.limits.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                if (dueTime > LongestPause)
                {
                    clock.limits.Add(this);
                    return true;
                }

                clock.now += dueTime;
                clock.pauses.Add(dueTime);
            }

            Fire();
            return true;
        }

        public void Dispose()
        {
            isOver = true;
            lock (clock.gate)
            {
                clock.limits.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
