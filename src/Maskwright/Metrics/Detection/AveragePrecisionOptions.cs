namespace Maskwright.Metrics;

/// <summary>How detections are measured; the defaults are COCO's.</summary>
public sealed record AveragePrecisionOptions
{
    /// <summary>Whether masks or boxes are compared.</summary>
    public OverlapGeometry Geometry { get; init; } = OverlapGeometry.Masks;

    /// <summary>T overlaps that a match needs, rising, in (0,1]; default .50, .55, ... .95.</summary>
    public IReadOnlyList<double> IouThresholds { get; init; } = Steps(.5, .95, 10);

    /// <summary>R recalls at which precision is read, rising, in [0,1]; default 0, .01, ... 1.</summary>
    public IReadOnlyList<double> RecallThresholds { get; init; } = Steps(0, 1, 101);

    /// <summary>M numbers of best detections an image and category that count, rising; default 1, 10, 100.</summary>
    public IReadOnlyList<int> MaxDetections { get; init; } = [1, 10, 100];

    /// <summary>A ranges of size; the first must be that of all sizes.</summary>
    public IReadOnlyList<AreaRange> AreaRanges { get; init; } = AreaRange.Coco;

    /// <summary>True: categories are not told apart (pycocotools' <c>useCats = 0</c>).</summary>
    public bool IsClassAgnostic { get; init; }

    /// <summary>True: objects marked <see cref="TruthObject.IsIgnored"/> do not count. False, as pycocotools: only crowds are left out.</summary>
    public bool HonoursIgnoreFlag { get; init; }

    /// <summary>Refuses settings that cannot be measured with.</summary>
    /// <exception cref="ArgumentException">A list is empty or out of order; the message holds every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(faults, IsRising(IouThresholds) && IouThresholds[0] > 0 && IouThresholds[^1] <= 1, "IoU thresholds must rise within (0,1]");
        Check(faults, IsRising(RecallThresholds) && RecallThresholds[0] >= 0 && RecallThresholds[^1] <= 1, "recall thresholds must rise within [0,1]");
        Check(faults, IsRising(MaxDetections) && MaxDetections[0] > 0, "numbers of detections must be positive and rise");
        Check(faults, AreaRanges is { Count: > 0 }, "at least one area range is needed");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"These settings cannot be measured with: {string.Join("; ", faults)}.");
        }
    }

    // As numpy.linspace computes it: adding up steps would end beside the round numbers.
    private static double[] Steps(double first, double last, int count)
    {
        var step = (last - first) / (count - 1);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (i * step) + first;
        }

        values[^1] = last;
        return values;
    }

    private static bool IsRising<T>(IReadOnlyList<T> values)
        where T : IComparable<T> => values is { Count: > 0 } && Enumerable.Range(1, values.Count - 1).All(i => values[i].CompareTo(values[i - 1]) > 0);

    private static void Check(List<string> faults, bool isMet, string fault)
    {
        if (!isMet)
        {
            faults.Add(fault);
        }
    }
}
