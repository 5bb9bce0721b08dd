using Maskwright.Training.Data;
using Maskwright.Training.Validation;
using Xunit;

namespace Maskwright.Training.Tests.Validation;

public class ValidationSplitTests
{
    private static readonly List<TrainingExample> s_examples =
        [.. Enumerable.Range(0, 25).Select(i => new TrainingExample(i < 20 ? "many" : "few", $"photo {i}", () => throw new InvalidOperationException("nothing is decoded to split")))];

    [Fact]
    public void Every_set_gives_its_share_and_no_photo_is_on_both_sides()
    {
        var split = ValidationSplit.Of(s_examples, 0.2, 7);

        Assert.Equal(4, split.Held.Count(example => example.Set == "many"));
        Assert.Equal(1, split.Held.Count(example => example.Set == "few"));
        Assert.Equal(s_examples, split.Training.Concat(split.Held).OrderBy(example => s_examples.IndexOf(example)));
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        var (first, again, other) = (ValidationSplit.Of(s_examples, 0.2, 7), ValidationSplit.Of(s_examples, 0.2, 7), ValidationSplit.Of(s_examples, 0.2, 8));

        Assert.Equal(first.Held, again.Held);
        Assert.NotEqual(first.Held, other.Held);
    }

    [Fact]
    public void The_only_photo_of_a_set_is_learned_from()
    {
        var split = ValidationSplit.Of(s_examples[..1], 0.5, 1);

        Assert.Equal(s_examples[..1], split.Training);
        Assert.Empty(split.Held);
    }

    [Fact]
    public void Sets_take_turns_when_only_some_photos_are_looked_at()
    {
        var picked = ValidationSplit.Pick(s_examples, 8, 3);

        Assert.Equal(4, picked.Count(example => example.Set == "few"));
        Assert.Equal(picked, ValidationSplit.Pick(s_examples, 8, 3));
        Assert.Same(s_examples, ValidationSplit.Pick(s_examples, 0, 3));
    }
}
