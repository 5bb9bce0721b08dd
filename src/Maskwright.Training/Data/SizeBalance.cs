namespace Maskwright.Training.Data;

/// <summary>Draws objects: sometimes all alike, as they will be asked for, and sometimes all sizes alike, so that rare sizes are learned too.</summary>
internal static class SizeBalance
{
    /// <summary>Draws one object.</summary>
    /// <param name="objects">At least one.</param>
    /// <param name="sizesAlike">The probability of drawing first a power of four of the area among those that occur, then an object of it.</param>
    /// <param name="random">Says which.</param>
    public static LabelledObject Pick(IReadOnlyList<LabelledObject> objects, double sizesAlike, SampleRandom random)
    {
        if (!random.Chance(sizesAlike))
        {
            return objects[random.Next(objects.Count)];
        }

        var groups = objects.GroupBy(o => Math.ILogB(Math.Max(o.Area, 1)) / 2).OrderBy(group => group.Key).ToList();
        var chosen = groups[random.Next(groups.Count)].ToList();
        return chosen[random.Next(chosen.Count)];
    }
}
