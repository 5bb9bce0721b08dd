namespace Maskwright.Training.Data;

/// <summary>Draws objects so that small, middling and large ones are equally likely, however many there are of each.</summary>
internal static class SizeBalance
{
    /// <summary>Draws one object: first a power of two of its area among those that occur, then an object of it.</summary>
    public static LabelledObject Pick(IReadOnlyList<LabelledObject> objects, SampleRandom random)
    {
        var groups = objects.GroupBy(o => Math.ILogB(Math.Max(o.Area, 1)) / 2).OrderBy(group => group.Key).ToList();
        var chosen = groups[random.Next(groups.Count)].ToList();
        return chosen[random.Next(chosen.Count)];
    }
}
