using Maskwright.Training.Data;

namespace Maskwright.Training.Detection;

/// <summary>Draws some of many boxes, objects and background in a given proportion.</summary>
/// <remarks>torchvision <c>BalancedPositiveNegativeSampler</c> at 0.14.1: background fills what objects leave.</remarks>
internal static class BalancedSampling
{
    /// <summary>Draws boxes.</summary>
    /// <param name="matches">From <see cref="BoxMatching"/>; undecided ones are never drawn.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="objectFraction">The largest share of objects in that number.</param>
    /// <param name="random">Says which.</param>
    /// <returns>Numbers of objects and of background, each in rising order.</returns>
    public static (int[] Objects, int[] Background) Draw(IReadOnlyList<int> matches, int count, double objectFraction, SampleRandom random)
    {
        var objects = Draw([.. Where(matches, match => match >= 0)], (int)(count * objectFraction), random);
        var background = Draw([.. Where(matches, match => match == BoxMatching.Background)], count - objects.Length, random);
        return (objects, background);
    }

    private static IEnumerable<int> Where(IReadOnlyList<int> matches, Func<int, bool> isWanted) => Enumerable.Range(0, matches.Count).Where(i => isWanted(matches[i]));

    // The first places of a shuffle (Fisher and Yates 1938; Durstenfeld 1964).
    private static int[] Draw(int[] all, int count, SampleRandom random)
    {
        count = Math.Min(count, all.Length);
        for (var i = 0; i < count; i++)
        {
            var other = i + random.Next(all.Length - i);
            (all[i], all[other]) = (all[other], all[i]);
        }

        return [.. all.Take(count).Order()];
    }
}
