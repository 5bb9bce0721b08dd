using System.Globalization;

namespace Maskwright.Cli.Terminal;

/// <summary>Hands a PNG file to a terminal that decodes pictures itself.</summary>
internal static class EncodedPicture
{
    private const int KittyChunk = 4096;

    /// <summary>kitty graphics protocol: transmit and display (<c>a=T</c>) PNG (<c>f=100</c>), base64 in chunks; more to come while <c>m=1</c>.</summary>
    public static void WriteKitty(byte[] png, int columns, TextWriter target)
    {
        var text = Convert.ToBase64String(png);
        for (var start = 0; start < text.Length; start += KittyChunk)
        {
            var length = Math.Min(KittyChunk, text.Length - start);
            var more = start + length < text.Length ? 1 : 0;
            var control = start == 0 ? string.Create(CultureInfo.InvariantCulture, $"f=100,a=T,q=2,c={columns},m={more}") : $"m={more}";
            target.Write($"\x1b_G{control};{text.AsSpan(start, length)}\x1b\\");
        }

        target.WriteLine();
    }

    /// <summary>iTerm2's OSC 1337.</summary>
    public static void WriteITerm(byte[] png, int columns, TextWriter target) => target.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"\x1b]1337;File=inline=1;size={png.Length};width={columns};preserveAspectRatio=1:{Convert.ToBase64String(png)}\a"));
}
