using System.Runtime.Intrinsics;
using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>For every pixel the exact Euclidean distance to the nearest pixel outside the mask, kept as a squared whole number.</summary>
public sealed class DistanceMap
{
    /// <summary>The squared distance where no pixel at all lies outside.</summary>
    public const int Unreachable = int.MaxValue;

    private readonly int[] _squared;

    internal DistanceMap(ImageSize size, int[] squared) => (Size, _squared) = (size, squared);

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>[H,W] squared distances in pixels, between pixel centres; 0 outside the mask.</summary>
    public ReadOnlySpan<int> Squared => _squared;

    /// <summary>[H,W] distances in pixels; +infinity where no pixel lies outside the mask.</summary>
    public float[] ToDistances()
    {
        var distances = GC.AllocateUninitializedArray<float>(_squared.Length);
        var i = 0;
        for (; Vector256.IsHardwareAccelerated && i + 8 <= distances.Length; i += 8)
        {
            var squared = Vector256.Create(_squared, i);
            var isUnreachable = Vector256.Equals(squared, Vector256.Create(Unreachable)).AsSingle();
            var root = Vector256.Sqrt(Vector256.ConvertToSingle(squared));
            Vector256.ConditionalSelect(isUnreachable, Vector256.Create(float.PositiveInfinity), root).CopyTo(distances, i);
        }

        for (; i < distances.Length; i++)
        {
            distances[i] = Root(_squared[i]);
        }

        return distances;
    }

    internal static float Root(int squared) => squared == Unreachable ? float.PositiveInfinity : MathF.Sqrt(squared);
}
