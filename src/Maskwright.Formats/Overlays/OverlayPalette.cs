namespace Maskwright.Formats.Overlays;

/// <summary>The colours that masks are painted in: vivid ones all around the circle of hues, and lighter ones between them.</summary>
internal static class OverlayPalette
{
    private const int VividHues = 18;
    private const int LightHues = 9;

    /// <summary>All colours; neighbours in the list lie a golden angle apart.</summary>
    public static IReadOnlyList<OverlayColour> Colours { get; } =
        [.. Hues(VividHues, 20).Select(Vivid), .. Hues(LightHues, 30).Select(hue => OverlayColour.FromOklch(0.86, 0.11, hue))];

    private static IEnumerable<double> Hues(int count, double first)
    {
        var step = (int)Math.Round(count * 0.381966);
        while (count % step == 0 && step > 1)
        {
            step--;
        }

        return Enumerable.Range(0, count).Select(i => first + (360.0 * (i * step % count) / count));
    }

    // Each hue at the lightness where it is most colourful, but never too dark to be seen on a dark photo.
    private static OverlayColour Vivid(double hue)
    {
        var lightness = Enumerable.Range(0, 25).Select(i => 0.62 + (0.01 * i)).MaxBy(l => OverlayColour.MaxChroma(l, hue));
        return OverlayColour.FromOklch(lightness, 0.23, hue);
    }
}
