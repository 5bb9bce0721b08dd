using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>Gives each mask a colour that differs clearly from its neighbours' and from the photo beneath it.</summary>
/// <remarks>
/// Greedy colouring of the graph of neighbours, largest masks first: each takes the palette's colour with the best worst case, where colours already
/// used often stand back a little. Nothing is left to chance, so the same masks always get the same colours.
/// </remarks>
internal static class ColourAssignment
{
    private const double EnoughDistance = 0.30; // OKLab; beyond this, two colours cannot be mistaken and more is no gain
    private const double PhotoWeight = 0.35;
    private const double UsagePenalty = 0.012; // for each time a colour was used more than the rarest, up to a few times
    private const int MostUsagePenalties = 6;

    /// <summary>Chooses the colours.</summary>
    /// <param name="labels">Labels 0..<paramref name="count"/>.</param>
    /// <param name="count">The number of labels besides 0.</param>
    /// <param name="image">The photo beneath; null when there is none.</param>
    /// <returns>The colour of label L at L - 1.</returns>
    public static OverlayColour[] Assign(LabelMap labels, int count, RgbImage? image)
    {
        var survey = LabelSurvey.Of(labels, count, image);
        var palette = OverlayPalette.Colours.Select(colour => colour.ToOklab()).ToArray();
        var chosen = new int[count + 1];
        Array.Fill(chosen, -1);
        var used = new int[palette.Length];
        for (var label = 1; label <= count; label++)
        {
            chosen[label] = Best(label, survey, palette, chosen, used);
            used[chosen[label]]++;
        }

        return [.. chosen.Skip(1).Select(index => OverlayPalette.Colours[index])];
    }

    private static int Best(int label, LabelSurvey survey, (double L, double A, double B)[] palette, int[] chosen, int[] used)
    {
        var neighbours = survey.Neighbours[label].Where(n => chosen[n.Label] >= 0).Select(n => palette[chosen[n.Label]]).ToArray();
        var photo = survey.MeanColours[label]?.ToOklab();
        var fewest = used.Min();
        var best = 0;
        var bestScore = double.NegativeInfinity;
        for (var i = 0; i < palette.Length; i++)
        {
            var score = Math.Min(EnoughDistance, neighbours.Length == 0 ? EnoughDistance : neighbours.Min(other => Distance(palette[i], other)));
            score += photo is { } beneath ? PhotoWeight * Math.Min(EnoughDistance, Distance(palette[i], beneath)) : 0;
            score -= UsagePenalty * Math.Min(MostUsagePenalties, used[i] - fewest);
            if (score > bestScore + 1e-9)
            {
                (best, bestScore) = (i, score);
            }
        }

        return best;
    }

    private static double Distance((double L, double A, double B) first, (double L, double A, double B) second)
    {
        var (l, a, b) = (first.L - second.L, first.A - second.A, first.B - second.B);
        return Math.Sqrt((l * l) + (a * a) + (b * b));
    }
}
