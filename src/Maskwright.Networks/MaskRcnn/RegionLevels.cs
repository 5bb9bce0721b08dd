using Maskwright.Graphs;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Which map of the pyramid each box is read from: the larger the box, the coarser the map.</summary>
/// <remarks>Lin et al. 2017, equation 1: a box of 224 pixels' side belongs to stride 16. torchvision <c>LevelMapper</c> at 0.14.1.</remarks>
internal sealed class RegionLevels
{
    private const float CanonicalSide = 224;
    private const float CanonicalLevel = 4;
    private const int FinestLevel = 2;

    private readonly IReadOnlyList<RegionBox> _boxes;
    private readonly int[] _order;

    /// <param name="boxes">In the resized image's pixels.</param>
    public RegionLevels(IReadOnlyList<RegionBox> boxes)
    {
        _boxes = boxes;
        Levels = [.. boxes.Select(LevelOf)];
        _order = [.. Enumerable.Range(0, boxes.Count).OrderBy(i => Levels[i])];
    }

    /// <summary>The map of each box, 0 for the finest.</summary>
    public IReadOnlyList<int> Levels { get; }

    /// <summary>The inputs of a head: maps, and the boxes of each map.</summary>
    public Dictionary<string, Tensor> Inputs(IReadOnlyDictionary<string, Tensor> features)
    {
        var inputs = new Dictionary<string, Tensor>();
        for (var level = 0; level < MaskRcnnGraphs.BoxLevels; level++)
        {
            RegionBox[] own = [.. _order.Where(i => Levels[i] == level).Select(i => _boxes[i])];
            inputs[$"fpn_{level}"] = features[$"fpn_{level}"];
            inputs[$"boxes_{level}"] = Tensor.Of([.. own.SelectMany(box => new[] { box.X0, box.Y0, box.X1, box.Y1 })], own.Length, 4);
            inputs[$"images_{level}"] = Tensor.Of(new long[own.Length], own.Length);
        }

        return inputs;
    }

    /// <summary>A head's results, which stand map by map, in the order of the boxes.</summary>
    public float[] InBoxOrder(Tensor result)
    {
        var width = result.Floats.Length / Math.Max(1, _order.Length);
        var ordered = new float[result.Floats.Length];
        for (var i = 0; i < _order.Length; i++)
        {
            result.Floats.AsSpan(i * width, width).CopyTo(ordered.AsSpan(_order[i] * width));
        }

        return ordered;
    }

    private static int LevelOf(RegionBox box)
    {
        var level = MathF.Floor(CanonicalLevel + MathF.Log2(MathF.Sqrt(box.Width * box.Height) / CanonicalSide) + 1e-6f);
        return (int)Math.Clamp(level, FinestLevel, FinestLevel + MaskRcnnGraphs.BoxLevels - 1) - FinestLevel;
    }
}
