namespace Maskwright.Formats.Overlays;

/// <summary>An sRGB colour and the same colour in OKLab, where distances are differences as an eye sees them.</summary>
/// <remarks>Ottosson, "A perceptual color space for image processing", 2020.</remarks>
internal readonly record struct OverlayColour(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as SVG writes it.</summary>
    public string Hex => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>Lightness 0..1 and the two opponent axes.</summary>
    public (double L, double A, double B) ToOklab()
    {
        var (r, g, b) = (ToLinear(Red), ToLinear(Green), ToLinear(Blue));
        var l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        var m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        var s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return (
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    /// <summary>A colour of a given lightness and hue, as colourful as asked or as sRGB can show.</summary>
    /// <param name="lightness">OKLab lightness, 0..1.</param>
    /// <param name="chroma">Distance from grey; lowered until sRGB holds the colour.</param>
    /// <param name="hueDegrees">Hue; 0 is pinkish red, 110 yellow, 145 green, 265 blue.</param>
    public static OverlayColour FromOklch(double lightness, double chroma, double hueDegrees)
    {
        var (sin, cos) = Math.SinCos(hueDegrees * Math.PI / 180);
        for (; ; chroma -= 0.005)
        {
            var (r, g, b) = ToLinearRgb(lightness, chroma * cos, chroma * sin);
            if (chroma <= 0 || (Math.Min(r, Math.Min(g, b)) >= 0 && Math.Max(r, Math.Max(g, b)) <= 1))
            {
                return new OverlayColour(FromLinear(r), FromLinear(g), FromLinear(b));
            }
        }
    }

    /// <summary>The most colour that sRGB can show at a lightness and hue.</summary>
    public static double MaxChroma(double lightness, double hueDegrees)
    {
        var (_, a, b) = FromOklch(lightness, 0.4, hueDegrees).ToOklab();
        return Math.Sqrt((a * a) + (b * b));
    }

    /// <summary>Mixes towards another colour.</summary>
    /// <param name="other">The other colour.</param>
    /// <param name="fraction">0 is this colour, 1 the other.</param>
    public OverlayColour MixedWith(OverlayColour other, double fraction)
    {
        byte Mix(byte from, byte to) => (byte)Math.Round(from + ((to - from) * fraction));
        return new OverlayColour(Mix(Red, other.Red), Mix(Green, other.Green), Mix(Blue, other.Blue));
    }

    private static (double R, double G, double B) ToLinearRgb(double lightness, double a, double b)
    {
        var l = Cube(lightness + (0.3963377774 * a) + (0.2158037573 * b));
        var m = Cube(lightness - (0.1055613458 * a) - (0.0638541728 * b));
        var s = Cube(lightness - (0.0894841775 * a) - (1.2914855480 * b));
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double Cube(double value) => value * value * value;

    private static double ToLinear(byte value)
    {
        var v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static byte FromLinear(double value)
    {
        var v = Math.Clamp(value, 0, 1);
        v = v <= 0.0031308 ? v * 12.92 : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(v * 255);
    }
}
