using System.Diagnostics;
using System.Globalization;
using Maskwright.Graphs.Kernels;
using Spectre.Console;

namespace Maskwright.Bench;

/// <summary>
/// Times the attention kernels: the encoder's 64 x 64 map, whole and in windows, at the head widths of ViT-B/H and SlimSAM; the decoder's cross attention
/// for 64 prompts; TinyViT's windows with a learned bias.
/// </summary>
internal static unsafe class AttentionBenchmark
{
    private const int Runs = 9;

    private static readonly RelativePositionAttentionShape[] EncoderShapes =
    [
        .. from window in new[] { 0, 14 }
           from headWidth in new[] { 14, 32, 64, 80 }
           select new RelativePositionAttentionShape(1, 64, 64, headWidth == 80 ? 16 : 12, headWidth, window, 1 / MathF.Sqrt(headWidth)),
    ];

    private static readonly (string Name, MultiHeadAttentionShape Shape, bool IsBiased)[] OtherShapes =
    [
        ("decoder, tokens to image", new(64, 7, 4096, 8, 16, 0.25f), false),
        ("decoder, image to tokens", new(64, 4096, 7, 8, 16, 0.25f), false),
        ("TinyViT, windows of 14", new(25, 196, 196, 5, 32, 0.18f), true),
        ("TinyViT, windows of 7", new(361, 49, 49, 4, 32, 0.18f), true),
    ];

    /// <summary>Runs it; the first argument, if any, is the number of threads.</summary>
    public static int Run(string[] arguments)
    {
        var threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        var table = new Table().AddColumns("attention", "queries x keys", "heads x width", "best ms", "median ms", "processor ms", "GFLOP/s a core");
        foreach (var shape in EncoderShapes)
        {
            var operations = 4.0 * shape.Batch * shape.Height * shape.Width * shape.Keys * shape.OutputWidth;
            var name = shape.Window == 0 ? "encoder, whole map" : $"encoder, windows of {shape.Window}";
            table.AddRow([name, $"4096 x {shape.Keys}", $"{shape.Heads} x {shape.HeadWidth}", .. Times(() => Encoder(shape, threads), operations)]);
        }

        foreach (var (name, shape, isBiased) in OtherShapes)
        {
            var operations = 4.0 * shape.Batch * shape.Queries * shape.Keys * shape.Heads * shape.HeadWidth;
            table.AddRow(
                [name, $"{shape.Batch} x {shape.Queries} x {shape.Keys}", $"{shape.Heads} x {shape.HeadWidth}",
                 .. Times(() => Other(shape, isBiased, threads), operations)]);
        }

        AnsiConsole.WriteLine($"{threads} threads; processor ms is the time of all threads together, which a busy machine disturbs less.");
        AnsiConsole.Write(table);
        return 0;
    }

    private static string[] Times(Func<(double[] Seconds, double Processor)> measure, double operations)
    {
        var (seconds, processor) = measure();
        return
        [
            .. new[] { seconds[0], seconds[seconds.Length / 2], processor }.Select(s => (s * 1e3).ToString("F1", CultureInfo.InvariantCulture)),
            (operations / processor / 1e9).ToString("F0", CultureInfo.InvariantCulture),
        ];
    }

    private static (double[] Seconds, double Processor) Encoder(RelativePositionAttentionShape shape, int threads)
    {
        using var qkv = new NativeTensor("qkv", shape.InputLength);
        using var bias = new NativeTensor("bias", shape.TokenWidth);
        using var height = new NativeTensor("table_h", shape.TableHeightLength);
        using var width = new NativeTensor("table_w", shape.TableWidthLength);
        using var output = new NativeTensor("output", shape.OutputLength);
        var buffers = new RelativePositionAttentionBuffers
        {
            Qkv = qkv.Data, QkvBias = bias.Data, TableHeight = height.Data, TableWidth = width.Data, Output = output.Data,
        };
        return Measure(() => RelativePositionAttention.Run(shape, buffers, threads));
    }

    private static (double[] Seconds, double Processor) Other(MultiHeadAttentionShape shape, bool isBiased, int threads)
    {
        var width = shape.Heads * shape.HeadWidth;
        using var query = new NativeTensor("query", (long)shape.Batch * shape.Queries * width);
        using var key = new NativeTensor("key", (long)shape.Batch * shape.Keys * width);
        using var value = new NativeTensor("value", (long)shape.Batch * shape.Keys * width);
        using var output = new NativeTensor("output", (long)shape.Batch * shape.Queries * width);
        using var bias = new NativeTensor("bias", isBiased ? (long)shape.Heads * shape.Keys * shape.Queries : 1);
        var buffers = new MultiHeadAttentionBuffers
        {
            Query = AttentionOperand.Dense(query.Data, shape.Queries, shape.Heads, shape.HeadWidth),
            Key = AttentionOperand.Dense(key.Data, shape.Keys, shape.Heads, shape.HeadWidth),
            Value = AttentionOperand.Dense(value.Data, shape.Keys, shape.Heads, shape.HeadWidth),
            Output = AttentionOperand.Dense(output.Data, shape.Queries, shape.Heads, shape.HeadWidth),
            Bias = isBiased ? bias.Data : null,
        };
        return Measure(() => MultiHeadAttention.Run(shape, buffers, threads));
    }

    private static (double[] Seconds, double Processor) Measure(Action run)
    {
        var (seconds, processor) = (new double[Runs], double.PositiveInfinity);
        run();
        for (var i = 0; i < Runs; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            run();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        Array.Sort(seconds);
        return (seconds, processor);
    }
}
