using Maskwright.Masks;
using Maskwright.Testing;

namespace Maskwright.Tests;

/// <summary>Reads the masks of the group <c>image_ops</c>.</summary>
internal static class ImageOperations
{
    /// <summary>The cases that hold a mask.</summary>
    public static IReadOnlyList<string> MaskCases { get; } =
        ["mask_blob_a", "mask_blob_b", "mask_empty", "mask_full", "mask_noise", "mask_ring", "mask_shapes_a"];

    /// <summary>The input mask of a case.</summary>
    public static BinaryMask Mask(GoldenCase golden)
    {
        var input = golden.Output("input");
        var values = input.Values<byte>();
        return Masks.RandomMasks.Fill(input.Shape[1], input.Shape[0], (x, y) => values[(y * input.Shape[1]) + x] != 0);
    }
}
