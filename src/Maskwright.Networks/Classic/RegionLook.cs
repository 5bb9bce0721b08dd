using System.Runtime.Intrinsics;

namespace Maskwright.Networks.Classic;

/// <summary>What a region is weighed by against its neighbours, ready to be compared many times.</summary>
internal readonly struct RegionLook
{
    // Of the last eight bins, the first two are colour.
    private static readonly Vector256<float> s_lastColors = Vector256.Create(-1, -1, 0, 0, 0, 0, 0, 0).AsSingle();

    private readonly Vector256<float> _first, _second, _third, _last;
    private readonly int _area, _outlineLength;
    private readonly float _logShare, _unrest;

    /// <summary>Takes what is known of a region; the length of its outline too.</summary>
    public RegionLook(RegionNode node, float imageArea)
    {
        var statistics = node.Statistics;
        var scale = Vector256.Create(1f / (statistics.Area * CueHistograms.Mass));
        _first = Vector256.Create(statistics.Cues) * scale;
        _second = Vector256.Create(statistics.Cues[8..]) * scale;
        _third = Vector256.Create(statistics.Cues[16..]) * scale;
        _last = Vector256.Create(statistics.Cues[24..]) * scale;
        (_area, _outlineLength) = (statistics.Area, node.OutlineLength);
        (_logShare, _unrest) = (MathF.Log(statistics.Area / imageArea), statistics.Unrest / statistics.Area);
    }

    /// <summary>What speaks for and against merging two touching regions.</summary>
    public static BorderCues Compare(in RegionLook one, in RegionLook other, in RegionBorder border)
    {
        var (color, texture) = Difference(one, other);
        var isOneSmaller = one._area <= other._area;
        ref readonly var smaller = ref isOneSmaller ? ref one : ref other;
        ref readonly var larger = ref isOneSmaller ? ref other : ref one;
        return new BorderCues(
            border.Strength / border.Length,
            color,
            texture,
            smaller._logShare,
            larger._logShare,
            (float)border.Length / smaller._outlineLength,
            smaller._unrest,
            larger._unrest);
    }

    /// <summary>How different two regions look: the specification.</summary>
    /// <returns>L1 distances of the mean histograms: of lightness and colour in [0,1], of texture in [0,1].</returns>
    public static (float Color, float Texture) DifferenceScalar(RegionStatistics one, RegionStatistics other)
    {
        float color = 0, texture = 0;
        float oneScale = 1f / (one.Area * CueHistograms.Mass), otherScale = 1f / (other.Area * CueHistograms.Mass);
        for (var i = 0; i < CueHistograms.Bins; i++)
        {
            var difference = MathF.Abs((one.Cues[i] * oneScale) - (other.Cues[i] * otherScale));
            (color, texture) = i < CueHistograms.TextureStart ? (color + difference, texture) : (color, texture + difference);
        }

        return (color / 6, texture / 2);
    }

    /// <summary>Equal to <see cref="DifferenceScalar"/> but for rounding, eight bins at once.</summary>
    public static (float Color, float Texture) Difference(in RegionLook one, in RegionLook other)
    {
        var last = Vector256.Abs(one._last - other._last);
        var colors = Vector256.Abs(one._first - other._first) + Vector256.Abs(one._second - other._second) + Vector256.Abs(one._third - other._third);
        return (Vector256.Sum(colors + (last & s_lastColors)) / 6, Vector256.Sum(Vector256.AndNot(last, s_lastColors)) / 2);
    }
}
