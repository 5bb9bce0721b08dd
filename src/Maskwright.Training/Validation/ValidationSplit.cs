using Maskwright.Training.Data;

namespace Maskwright.Training.Validation;

/// <summary>Which photos a network learns from, and which it is judged on.</summary>
/// <param name="Training">In the data's order.</param>
/// <param name="Held">Those held out, in the data's order.</param>
public sealed record ValidationSplit(IReadOnlyList<TrainingExample> Training, IReadOnlyList<TrainingExample> Held)
{
    private const int SplitStream = 1 << 26;
    private const int PickStream = 1 << 27;

    /// <summary>Holds a share of every set out; which photos is decided by the seed alone.</summary>
    /// <param name="examples">All photos.</param>
    /// <param name="fraction">The share, 0 to 0.9; of a set whose share is less than half a photo none is held out, nor its only photo.</param>
    /// <param name="seed">The recipe's.</param>
    public static ValidationSplit Of(IReadOnlyList<TrainingExample> examples, double fraction, long seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (fraction <= 0)
        {
            return new ValidationSplit(examples, []);
        }

        var held = new HashSet<int>();
        foreach (var set in examples.Index().GroupBy(example => example.Item.Set))
        {
            int[] own = [.. set.Select(example => example.Index)];
            held.UnionWith(Shuffled(own, seed, SplitStream).Take(Math.Min(own.Length - 1, (int)Math.Round(own.Length * fraction))));
        }

        return new ValidationSplit([.. examples.Where((_, i) => !held.Contains(i))], [.. examples.Where((_, i) => held.Contains(i))]);
    }

    /// <summary>Draws some photos, in turn from each set; always the same for a seed.</summary>
    internal static IReadOnlyList<TrainingExample> Pick(IReadOnlyList<TrainingExample> examples, int count, long seed)
    {
        if (count == 0 || examples.Count <= count)
        {
            return examples;
        }

        var sets = examples.Index().GroupBy(example => example.Item.Set).Select(set => Shuffled([.. set.Select(example => example.Index)], seed, PickStream)).ToList();
        var picked = new List<int>();
        for (var turn = 0; picked.Count < count; turn++)
        {
            picked.AddRange(sets.Where(set => turn < set.Length).Select(set => set[turn]).Take(count - picked.Count));
        }

        return [.. picked.Order().Select(i => examples[i])];
    }

    private static int[] Shuffled(int[] places, long seed, long stream)
    {
        var random = new SampleRandom(seed, stream, places.Length);
        for (var i = places.Length - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (places[i], places[other]) = (places[other], places[i]);
        }

        return places;
    }
}
