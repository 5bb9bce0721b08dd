namespace Maskwright.Formats.Labels;

/// <summary>The colours of PASCAL VOC's label images: the bits of a label, three at a time, become the high bits of red, green and blue.</summary>
internal static class VocPalette
{
    /// <summary>256 colours, red green blue; label 0 is black.</summary>
    public static ReadOnlySpan<byte> Colours => Table;

    private static readonly byte[] Table = MakeTable();

    private static byte[] MakeTable()
    {
        var table = new byte[256 * 3];
        for (var label = 0; label < 256; label++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                table[(label * 3) + (bit % 3)] |= (byte)((label >> bit & 1) << (7 - (bit / 3)));
            }
        }

        return table;
    }
}
