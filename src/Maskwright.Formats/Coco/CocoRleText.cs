using System.Text;
using Maskwright.Masks;
namespace Maskwright.Formats;
internal static class CocoRleText
{
    public static string ToCocoString(this RunLengthMask mask)
    {
        var s = new StringBuilder();
        for (var i = 0; i < mask.Counts.Length; i++)
        {
            long x = mask.Counts[i] - (i > 2 ? (long)mask.Counts[i - 2] : 0);
            bool more;
            do
            {
                var c = (int)(x & 0x1f);
                x >>= 5;
                more = (c & 0x10) != 0 ? x != -1 : x != 0;
                s.Append((char)((more ? c | 0x20 : c) + 48));
            }
            while (more);
        }

        return s.ToString();
    }
}
