using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The pixels of one mask that another lacks.</summary>
internal static class MaskDifference
{
    public static BinaryMask Of(BinaryMask mask, BinaryMask other)
    {
        var difference = new BinaryMask(mask.Size);
        ReadOnlySpan<ulong> from = mask.Words, without = other.Words;
        var to = difference.Words;
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[i] & ~without[i];
        }

        return difference;
    }
}
