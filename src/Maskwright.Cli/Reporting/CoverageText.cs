using System.Globalization;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Reporting;

/// <summary>How much of an image was looked at, in a few words.</summary>
internal static class CoverageText
{
    /// <summary>Empty where nothing was left out by choice.</summary>
    public static string Of(GenerationCoverage? coverage) => coverage is null ? string.Empty : string.Create(
        CultureInfo.InvariantCulture,
        $" ({coverage.PointsAsked} of {coverage.PointsOfGrid} points asked{(coverage.EndedByBudget ? ", then the time was over" : string.Empty)}; the masks explain {100 * coverage.ExplainedShare:0.0} % of the image)");
}
