using System.Globalization;

namespace Maskwright.Cli.Reporting;

/// <summary>Which classes an image holds, in a few words.</summary>
internal static class ClassTally
{
    private const int MostNames = 6;

    /// <summary>Shares of the image where each class has one mask, else how many objects of each; empty where masks have no class.</summary>
    public static string Of(ImageOutcome outcome)
    {
        var groups = outcome.Proposals.Where(p => p.ClassNumber is not null).GroupBy(p => p.Label ?? string.Empty).ToList();
        if (groups.Count == 0)
        {
            return string.Empty;
        }

        var areShares = groups.TrueForAll(group => group.Count() == 1);
        var ordered = groups.OrderByDescending(group => areShares ? group.Sum(p => p.Area) : group.Count()).ToList();
        var told = ordered.Take(MostNames).Select(group => areShares
            ? string.Create(CultureInfo.InvariantCulture, $"{group.Key} {100.0 * group.Sum(p => p.Area) / outcome.Size.PixelCount:0.0} %")
            : $"{group.Count()} {group.Key}");
        return $" ({string.Join(", ", told)}{(ordered.Count > MostNames ? $" and {ordered.Count - MostNames} more" : string.Empty)})";
    }
}
