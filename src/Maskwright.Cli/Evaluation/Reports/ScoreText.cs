using System.Globalization;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>Scores as text for people.</summary>
internal static class ScoreText
{
    public const string None = "-";

    public static string Of(double value, Measure measure) => double.IsNaN(value) ? None
        : double.IsInfinity(value) ? "inf"
        : value.ToString("F" + measure.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Range(ConfidenceInterval interval, Measure measure) =>
        double.IsNaN(interval.Low) ? string.Empty : $"[{Of(interval.Low, measure)}, {Of(interval.High, measure)}]";

    public static string Signed(double value, Measure measure) => value >= 0 ? "+" + Of(value, measure) : Of(value, measure);

    /// <summary>An interval between signed ends.</summary>
    public static string SignedRange(ConfidenceInterval interval, Measure measure) =>
        double.IsNaN(interval.Low) ? string.Empty : $"[{Signed(interval.Low, measure)}, {Signed(interval.High, measure)}]";

    public static string PValue(double p) => p < 0.001 ? "<0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
