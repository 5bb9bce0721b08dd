namespace Maskwright.Networks.Classic;

/// <summary>CIE L*a*b* of sRGB (IEC 61966-2-1, white point D65).</summary>
internal static class LabColor
{
    private const int CurveSteps = 4096;
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(v => (float)ToLinear(v / 255.0))];
    private static readonly float[] Curve = [.. Enumerable.Range(0, CurveSteps + 2).Select(i => (float)LabCurve((double)i / CurveSteps))];

    /// <summary>Converts pixels.</summary>
    /// <param name="rgb">[h,w,3] sRGB.</param>
    /// <returns>L* (0 to 100), a* and b*, each [h,w].</returns>
    public static float[][] Planes(ReadOnlySpan<byte> rgb)
    {
        var count = rgb.Length / 3;
        float[] lightness = new float[count], redGreen = new float[count], blueYellow = new float[count];
        for (var i = 0; i < count; i++)
        {
            (lightness[i], redGreen[i], blueYellow[i]) = Convert(rgb[i * 3], rgb[(i * 3) + 1], rgb[(i * 3) + 2]);
        }

        return [lightness, redGreen, blueYellow];
    }

    /// <summary>Converts one colour.</summary>
    public static (float L, float A, float B) Convert(byte red, byte green, byte blue)
    {
        float r = Linear[red], g = Linear[green], b = Linear[blue];
        var x = Bend(((0.4124564f * r) + (0.3575761f * g) + (0.1804375f * b)) / 0.95047f);
        var y = Bend((0.2126729f * r) + (0.7151522f * g) + (0.0721750f * b));
        var z = Bend(((0.0193339f * r) + (0.1191920f * g) + (0.9503041f * b)) / 1.08883f);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static float Bend(float t)
    {
        var position = Math.Clamp(t, 0, 1) * CurveSteps;
        var i = (int)position;
        return Curve[i] + ((position - i) * (Curve[i + 1] - Curve[i]));
    }

    private static double ToLinear(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static double LabCurve(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((t * 24389 / 27) + 16) / 116;
}
