using System.Diagnostics;
using System.Globalization;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Spectre.Console;

namespace Maskwright.Bench;

/// <summary>Times mask operations on one thread, on masks that <c>bench/peers/opencv_masks.py</c> makes by the same rule; with <c>--peers</c> runs it too and prints ratios.</summary>
internal static class OperationBenchmark
{
    private const int MinimumRuns = 7;

    /// <summary>Runs it; <c>--side N</c> sets the masks' side, <c>--peers PYTHON</c> names an interpreter that has OpenCV, scikit-image and SciPy.</summary>
    public static int Run(string[] arguments)
    {
        var side = int.Parse(Option(arguments, "--side") ?? "2048", CultureInfo.InvariantCulture);
        var mask = Discs(side);
        BinaryMask[] many = [.. Enumerable.Range(2, 20).Select(seed => Discs(side, (uint)seed))];
        var peers = Option(arguments, "--peers") is { } python ? Peers(python, side, mask.Area(), Option(arguments, "--only") ?? string.Empty) : null;
        var table = new Table().AddColumns("operation", "ours ms", "peer ms", "peer", "ratio");
        var only = Option(arguments, "--only");
        foreach (var (name, action) in Operations(mask, many))
        {
            if (only is not null && !name.Contains(only, StringComparison.Ordinal))
            {
                continue;
            }

            var ours = Milliseconds(action);
            var peer = peers?.GetValueOrDefault(name);
            table.AddRow(name, $"{ours:F3}", peer is { } p ? $"{p.Milliseconds:F3}" : "", peer?.Name ?? "", peer is { } q ? $"{q.Milliseconds / ours:F1}x" : "");
        }

        AnsiConsole.Write(table);
        RunLengthBenchmark.Run(only);
        return 0;
    }

    private static IEnumerable<(string Name, Action Action)> Operations(BinaryMask mask, IReadOnlyList<BinaryMask> many)
    {
        var corner = Corner(mask, Math.Min(512, mask.Width));
        float[] landscape = [.. DistanceTransform.Of(corner).ToDistances().Select(depth => -depth)];
        var markers = ConnectedComponents.Of(Erosion.Apply(corner, StructuringElement.Rectangle(15, 15))).ToLabelMap();
        foreach (var side in new[] { 3, 7, 31 })
        {
            var (rectangle, ellipse) = (StructuringElement.Rectangle(side, side), StructuringElement.Ellipse(side, side));
            yield return ($"erode rect {side}", () => Erosion.Apply(mask, rectangle));
            yield return ($"dilate rect {side}", () => Dilation.Apply(mask, rectangle));
            yield return ($"open rect {side}", () => Opening.Apply(mask, rectangle));
            yield return ($"dilate ellipse {side}", () => Dilation.Apply(mask, ellipse));
        }

        yield return ("dilate cross 3", () => Dilation.Apply(mask, StructuringElement.Cross(3, 3)));
        yield return ("components 8", () => ConnectedComponents.Of(mask));
        yield return ("components 8 with labels", () => ConnectedComponents.Of(mask).ToLabelMap());
        yield return ("distance", () => DistanceTransform.Of(mask));
        yield return ("distance as float", () => DistanceTransform.Of(mask).ToDistances());
        var grains = Grains(512);
        yield return ("contours tree", () => ContourTracing.Trace(mask, new ContourTracingOptions { CornersOnly = true }));
        yield return ("contours tree 512", () => ContourTracing.Trace(corner, new ContourTracingOptions { CornersOnly = true }));
        yield return ("contours all points 512", () => ContourTracing.Trace(corner));
        yield return ("contours of grains 512", () => ContourTracing.Trace(grains, new ContourTracingOptions { CornersOnly = true }));
        yield return ("median 7", () => MaskSmoothing.Apply(mask, 3));
        yield return ("median 31", () => MaskSmoothing.Apply(mask, 15));
        yield return ("iou 20 x 20", () => MaskOverlap.IouMatrix(many, many));
        yield return ("skeleton 512", () => Skeleton.Of(corner));
        yield return ("watershed 512", () => Watershed.Flood(landscape, markers, new WatershedOptions { Mask = corner }));
    }

    private static BinaryMask Corner(BinaryMask mask, int side)
    {
        var corner = new BinaryMask(side, side);
        for (var i = 0; i < side * side; i++)
        {
            corner[i % side, i / side] = mask[i % side, i / side];
        }

        return corner;
    }

    /// <summary>Random squares of 4 pixels, thousands of small regions with holes.</summary>
    private static BinaryMask Grains(int side)
    {
        var (mask, seed) = (new BinaryMask(side, side), 7u);
        for (var i = 0; i < side / 4 * (side / 4); i++)
        {
            seed = (seed * 1664525) + 1013904223;
            for (var j = 0; j < 16 && (seed >> 24) < 128; j++)
            {
                mask[(i % (side / 4) * 4) + (j % 4), (i / (side / 4) * 4) + (j / 4)] = true;
            }
        }

        return mask;
    }

    /// <summary>Overlapping discs from a linear congruential generator, so that another language can make the same mask.</summary>
    private static BinaryMask Discs(int side, uint seed = 1)
    {
        var mask = new BinaryMask(side, side);
        uint Next() => seed = (seed * 1664525) + 1013904223;
        for (var i = 0; i < 120; i++)
        {
            var (cx, cy, radius) = ((int)((Next() >> 8) % (uint)side), (int)((Next() >> 8) % (uint)side), 4 + (int)((Next() >> 8) % (uint)(side / 12)));
            var isHole = i % 4 == 3;
            for (var y = Math.Max(0, cy - radius); y < Math.Min(side, cy + radius + 1); y++)
            {
                for (var x = Math.Max(0, cx - radius); x < Math.Min(side, cx + radius + 1); x++)
                {
                    if (((x - cx) * (x - cx)) + ((y - cy) * (y - cy)) <= radius * radius)
                    {
                        mask[x, y] = !isHole;
                    }
                }
            }
        }

        return mask;
    }

    /// <summary>The least processor time of several runs: what a busy machine disturbs least.</summary>
    private static double Milliseconds(Action action) => ThreadTime.Best(action, MinimumRuns) * 1e3;

    private static Dictionary<string, (string Name, double Milliseconds)> Peers(string python, int side, long area, string only)
    {
        var script = Path.Combine("bench", "peers", "opencv_masks.py");
        using var process = Process.Start(new ProcessStartInfo(python, [script, "--side", $"{side}", "--only", only]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{python} did not start.");
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        process.WaitForExit();
        if (process.ExitCode != 0 || lines.Count == 0 || lines[0] is not ["area", var found] || found != $"{area}")
        {
            throw new InvalidOperationException($"{script} failed, or has another mask than the {area} pixels here.");
        }

        return lines.Skip(1).ToDictionary(line => line[0], line => (line[1], double.Parse(line[2], CultureInfo.InvariantCulture)));
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
