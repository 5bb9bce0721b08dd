using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Backbones;

/// <summary>Leaves channels between the two convolutions of residual blocks out.</summary>
/// <param name="donor">Holds the residual network.</param>
/// <param name="scope">What its names begin with.</param>
internal sealed class ChannelNarrowing(WeightFile donor, string scope)
{
    private readonly Dictionary<string, int[]> _kept = [];

    /// <summary>The numbers of a tensor in the wanted shape; null where fewer channels inside its block do not lead to it.</summary>
    /// <param name="given">Of the donor.</param>
    /// <param name="wanted">The shape.</param>
    public float[]? Narrowed(WeightTensor given, IReadOnlyList<long> wanted)
    {
        if (given.Shape.SequenceEqual(wanted))
        {
            return given.ToFloat32();
        }

        var part = given.Name[scope.Length..].Split('.'); // layer4.0.conv1.weight
        var axis = part.Length < 4 ? -1 : part[2] switch { "conv1" or "bn1" => 0, "conv2" => 1, _ => -1 };
        var differsElsewhere = given.Shape.Count != wanted.Count || Enumerable.Range(0, wanted.Count).Any(a => a != axis && given.Shape[a] != wanted[a]);
        return axis < 0 || differsElsewhere || given.Shape[axis] < wanted[axis] ? null : Taken(given, axis, Kept($"{scope}{part[0]}.{part[1]}", (int)wanted[axis]));
    }

    private static float[] Taken(WeightTensor given, int axis, int[] channels)
    {
        var values = given.ToFloat32();
        var (outer, before) = (axis == 0 ? 1 : (int)given.Shape[0], (int)given.Shape[axis]);
        var inner = values.Length / (outer * before);
        var result = new float[outer * channels.Length * inner];
        for (var i = 0; i < outer * channels.Length; i++)
        {
            var from = ((i / channels.Length * before) + channels[i % channels.Length]) * inner;
            values.AsSpan(from, inner).CopyTo(result.AsSpan(i * inner));
        }

        return result;
    }

    private int[] Kept(string block, int count)
    {
        if (_kept.TryGetValue(block, out var known))
        {
            return known;
        }

        var (scale, readers) = (donor[$"{block}.bn1.weight"].ToFloat32(), donor[$"{block}.conv2.weight"]);
        var (values, channels, window) = (readers.ToFloat32(), (int)readers.Shape[1], (int)(readers.Shape[2] * readers.Shape[3]));
        var squares = new double[channels];
        for (var i = 0; i < values.Length; i++)
        {
            squares[i / window % channels] += (double)values[i] * values[i];
        }

        int[] kept = [.. Enumerable.Range(0, channels).OrderByDescending(channel => Math.Abs(scale[channel]) * Math.Sqrt(squares[channel])).Take(count).Order()];
        _kept.Add(block, kept);
        return kept;
    }
}
