using System.Globalization;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>Round numbers along an axis.</summary>
internal static class AxisTicks
{
    private const int About = 6;

    public static IEnumerable<double> Of(PlotAxis axis)
    {
        var raw = (axis.High - axis.Low) / About;
        if (!(raw > 0))
        {
            yield break;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        for (var i = Math.Ceiling((axis.Low / step) - 1e-9); i * step <= axis.High + (step * 1e-9); i++)
        {
            yield return i == 0 ? 0 : i * step; // never -0
        }
    }

    public static string Text(double tick) => Math.Abs(tick) >= 10_000
        ? string.Create(CultureInfo.InvariantCulture, $"{tick / 1000:0.#}k")
        : tick.ToString("0.####", CultureInfo.InvariantCulture);
}
