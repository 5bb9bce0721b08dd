using FsCheck;
using FsCheck.Fluent;
using Maskwright.Masks;

namespace Maskwright.Tests;

/// <summary>Masks of every density, up to a little over one word wide.</summary>
internal static class RandomMasks
{
    public static Arbitrary<BinaryMask> Any { get; } = Arb.From(
        from width in Gen.Choose(1, 70)
        from height in Gen.Choose(1, 12)
        from density in Gen.Choose(0, 10)
        from values in Gen.ArrayOf(Gen.Choose(0, 9), width * height)
        select Make(width, height, values, density));

    private static BinaryMask Make(int width, int height, int[] values, int density)
    {
        var mask = new BinaryMask(width, height);
        for (var i = 0; i < values.Length; i++)
        {
            mask[i % width, i / width] = values[i] < density;
        }

        return mask;
    }
}
