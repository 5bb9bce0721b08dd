namespace Maskwright.Graphs.Kernels;

/// <summary>How the bytes 0 to 255 stand for numbers: a byte b is <c>(b - Zero) * Step</c>.</summary>
/// <param name="Step">Distance between neighbours, positive.</param>
/// <param name="Zero">The byte that is zero, a whole number from 0 to 255.</param>
internal readonly record struct ByteScale(float Step, float Zero)
{
    /// <summary>The finest scale that holds a range and zero.</summary>
    /// <param name="least">The least number; counts as 0 when it is positive.</param>
    /// <param name="greatest">The greatest number; counts as 0 when it is negative.</param>
    public static ByteScale Of(float least, float greatest)
    {
        (least, greatest) = (MathF.Min(least, 0), MathF.Max(greatest, 0));
        var step = (greatest - least) / 255;
        return step > 0 && float.IsFinite(step) ? new ByteScale(step, MathF.Round(-least / step)) : new ByteScale(1, 0);
    }

    /// <summary>What is multiplied with a number before <see cref="Offset"/> is added; the whole part of the sum, cut to 0 to 255, is the byte.</summary>
    public float Factor => 1 / Step;

    /// <summary>See <see cref="Factor"/>.</summary>
    public float Offset => Zero + 0.5f;

    /// <summary>The byte of a number.</summary>
    /// <param name="x">Any number.</param>
    public byte ByteOf(float x) => (byte)MathF.Max(0, MathF.Min(255, MathF.FusedMultiplyAdd(x, Factor, Offset)));
}
