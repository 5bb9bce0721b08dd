using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Turns inside and outside around.</summary>
internal static class MaskComplement
{
    public static BinaryMask Of(BinaryMask mask)
    {
        var complement = new BinaryMask(mask.Size);
        var lastWord = ulong.MaxValue >> (-mask.Width & 63);
        for (var y = 0; y < mask.Height; y++)
        {
            var from = mask.Row(y);
            var to = complement.Row(y);
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = ~from[i];
            }

            to[^1] &= lastWord;
        }

        return complement;
    }
}
