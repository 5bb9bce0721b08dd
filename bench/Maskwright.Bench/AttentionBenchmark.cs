using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Spectre.Console;

namespace Maskwright.Bench;

/// <summary>Times the attention kernel on the 64 x 64 map of SAM: whole map and windows, at the head widths of ViT-B/H and SlimSAM.</summary>
internal static unsafe class AttentionBenchmark
{
    private static readonly RelativePositionAttentionShape[] Shapes =
    [
        .. from window in new[] { 0, 14 }
           from headWidth in new[] { 14, 32, 64, 80 }
           select new RelativePositionAttentionShape(1, 64, 64, headWidth == 80 ? 16 : 12, headWidth, window, 1 / MathF.Sqrt(headWidth)),
    ];

    /// <summary>Runs it; the first argument, if any, is the number of threads.</summary>
    public static int Run(string[] arguments)
    {
        var threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        var table = new Table().AddColumns("keys", "heads x width", "threads", "best ms", "median ms", "processor ms", "GFLOP/s a core");
        foreach (var shape in Shapes)
        {
            var (seconds, processor) = Measure(shape, threads, runs: 9);
            table.AddRow(
                shape.Window == 0 ? $"{shape.Keys}" : $"{shape.WindowsDown * shape.WindowsAcross} x {shape.Keys}",
                $"{shape.Heads} x {shape.HeadWidth}", $"{threads}", $"{seconds[0] * 1e3:F1}", $"{seconds[seconds.Length / 2] * 1e3:F1}",
                $"{processor * 1e3:F1}", $"{Operations(shape) / processor / 1e9:F0}");
        }

        AnsiConsole.Write(table);
        return 0;
    }

    /// <summary>Additions and multiplications of the two matrix products, for queries on the map.</summary>
    private static double Operations(RelativePositionAttentionShape shape) =>
        4.0 * shape.Batch * shape.Height * shape.Width * shape.Keys * shape.OutputWidth;

    /// <summary>Sorted wall times, and the least processor time of all threads together, which a busy machine disturbs less.</summary>
    private static (double[] Seconds, double Processor) Measure(RelativePositionAttentionShape shape, int threads, int runs)
    {
        var buffers = new RelativePositionAttentionBuffers
        {
            Qkv = Filled("qkv", shape.InputLength),
            QkvBias = Filled("bias", shape.TokenWidth),
            TableHeight = Filled("table_h", shape.TableHeightLength),
            TableWidth = Filled("table_w", shape.TableWidthLength),
            Output = (float*)NativeMemory.AlignedAlloc((nuint)shape.OutputLength * sizeof(float), 64),
        };
        var seconds = new double[runs];
        var processor = double.PositiveInfinity;
        RelativePositionAttention.Run(shape, buffers, threads);
        for (var run = 0; run < runs; run++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            RelativePositionAttention.Run(shape, buffers, threads);
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        NativeMemory.AlignedFree(buffers.Qkv);
        NativeMemory.AlignedFree(buffers.QkvBias);
        NativeMemory.AlignedFree(buffers.TableHeight);
        NativeMemory.AlignedFree(buffers.TableWidth);
        NativeMemory.AlignedFree(buffers.Output);
        Array.Sort(seconds);
        return (seconds, processor);
    }

    private static float* Filled(string name, long length)
    {
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        SyntheticTensor.Input(name, (int)length).CopyTo(new Span<float>(memory, (int)length));
        return memory;
    }
}
