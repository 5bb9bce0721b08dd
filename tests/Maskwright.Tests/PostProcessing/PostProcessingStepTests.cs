using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class PostProcessingStepTests
{
    private const string Ragged = """
        ..............
        .######.......
        .#....#..#....
        .#.##.#.......
        .#....#..###..
        .######..###..
        ..............
        """;

    public static TheoryData<string> Names => [.. PostProcessingStep.Known.Select(step => step.Name)];

    [Theory]
    [InlineData("fill-holes", "the ring is filled, with what lies in it", 30 + 1 + 6)]
    [InlineData("fill-holes:2", "the hole is larger", 18 + 2 + 1 + 6)]
    [InlineData("largest", "the ring stays", 18)]
    [InlineData("largest:2", "the ring and the rectangle stay", 18 + 6)]
    [InlineData("largest:1,neighbours=4", "the ring stays", 18)]
    [InlineData("remove-islands:6", "speck and core go", 18 + 6)]
    [InlineData("small-regions:15", "hole filled, islands gone", 30)]
    [InlineData("dilate:3,shape=horizontal", "every run grows by two, the gap closes", 8 + 9 + 8 + 11 + 13)]
    public void A_step_does_what_it_says(string text, string why, long area)
    {
        var mask = new StepMask(RunLengthMask.FromMask(AsciiMask.Parse(Ragged)), 0);

        var after = PostProcessingStep.Parse(text).Apply([mask]);

        var single = Assert.Single(after);
        Assert.Equal(0, single.Source);
        Assert.True(single.Mask.Area == area, $"{why}: {single.Mask.Area} pixels\n{AsciiMask.Print(single.Mask.ToBinaryMask())}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_step_keeps_size_and_source_and_leaves_empty_masks_alone(string name)
    {
        var image = FullyConnectedCrfTests.Paint(RandomMasks.Fill(48, 40, (x, _) => x < 20), 1);
        StepMask[] masks =
        [
            new(RunLengthMask.FromMask(RandomMasks.Fill(48, 40, (x, y) => x is > 3 and < 22 && y is > 4 and < 30 && (x + y) % 17 != 0)), 0) { Label = "a" },
            new(RunLengthMask.Empty(new ImageSize(48, 40)), 1) { Label = "b" },
            new(RunLengthMask.FromMask(RandomMasks.Fill(48, 40, (x, y) => x is > 20 and < 40 && y > 20)), 2) { Label = "c" },
        ];
        var step = PostProcessingStep.Parse(name is "remove-islands" or "small-regions" ? name + ":5" : name is "drop-small" ? name + ":0001" : name);

        var after = step.Apply(masks, image);

        Assert.All(after, mask => Assert.Equal(new ImageSize(48, 40), mask.Mask.Size));
        Assert.All(after, mask => Assert.Equal(masks[mask.Source].Label, mask.Label));
        Assert.Equal(name == "drop-small" ? 0 : 1, after.Count(mask => mask.Source == 1));
    }

    [Theory]
    [InlineData("opne:3", "there is no step 'opne'")]
    [InlineData("open:three", "a whole number, from 1 to 4095")]
    [InlineData("open:0", "a whole number, from 1 to 4095")]
    [InlineData("open:3.5", "a whole number")]
    [InlineData("open:3,shape=star", "one of rect, ellipse")]
    [InlineData("open:3,rect,7", "does not know '7'")]
    [InlineData("open:3,colour=7", "does not know 'colour=7'; it is written open:size=3,shape=rect")]
    [InlineData("open:3,size=5", "size is given twice")]
    [InlineData("drop-small", "needs min-area: masks of fewer pixels are dropped; such as drop-small:3")]
    [InlineData("union:3", "takes no values")]
    [InlineData("nms:2", "from 0 to 1")]
    [InlineData("simplify:NaN", "a number, from 0 to 10000")]
    [InlineData("watershed:1e999", "a number, from 0.01")]
    [InlineData("", "there is no step ''")]
    public void A_wrong_step_is_told_with_its_fault(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => PostProcessingStep.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Steps_over_all_masks_keep_categories_apart()
    {
        StepMask Block(int x, int width, string label, int source, double score) =>
            new(RunLengthMask.FromMask(RandomMasks.Fill(20, 4, (u, _) => u >= x && u < x + width)), source) { Label = label, Score = score };
        StepMask[] masks = [Block(0, 10, "a", 0, 0.5), Block(0, 8, "a", 1, 0.9), Block(1, 9, "b", 2, 0.1)];

        var kept = PostProcessingStep.Parse("nms:0.5").Apply(masks);
        var joined = PostProcessingStep.Parse("union").Apply(masks);
        var shared = PostProcessingStep.Parse("intersection").Apply(masks);
        var apart = PostProcessingStep.Parse("difference").Apply(masks);

        Assert.Equal([1, 2], kept.Select(mask => mask.Source));
        Assert.Equal([40L, 36L], joined.Select(mask => mask.Mask.Area));
        Assert.Equal([32L, 36L], shared.Select(mask => mask.Mask.Area));
        Assert.Equal([8L, 32L, 36L], apart.Select(mask => mask.Mask.Area));
        Assert.Equal([1, 2], PostProcessingStep.Parse("box-nms:0.5").Apply(masks).Select(mask => mask.Source));
    }

    [Fact]
    public void Touching_discs_are_parted_and_pieces_split()
    {
        var discs = RandomMasks.Fill(60, 30, (x, y) => ((x - 15) * (x - 15)) + ((y - 15) * (y - 15)) < 150 || ((x - 37) * (x - 37)) + ((y - 15) * (y - 15)) < 150);
        StepMask[] masks = [new(RunLengthMask.FromMask(discs), 4)];

        Assert.Single(PostProcessingStep.Parse("split").Apply(masks));
        var parts = PostProcessingStep.Parse("watershed").Apply(masks);
        Assert.Equal(2, parts.Count);
        Assert.Equal(discs.Area(), parts.Sum(part => part.Mask.Area));
        Assert.All(parts, part => Assert.Equal(4, part.Source));
    }

    [Fact]
    public void Simplification_without_tolerance_gives_the_mask_back()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var mask = RunLengthMask.FromMask(RandomMasks.Fill(23, 17, (_, _) => random.Next(3) > 0));

            Assert.Equal(mask, PostProcessingStep.Parse("simplify:0").Apply([new StepMask(mask, 0)]).Single().Mask);
        }
    }

    [Fact]
    public void Distances_keep_what_lies_deep_enough()
    {
        var mask = new StepMask(RunLengthMask.FromMask(RandomMasks.Fill(20, 20, (x, y) => x is > 2 and < 14 && y is > 2 and < 14)), 0);

        Assert.Equal(49, PostProcessingStep.Parse("distance:3").Apply([mask]).Single().Mask.Area);
        Assert.Equal(121 - 49, PostProcessingStep.Parse("distance:min=1,max=2").Apply([mask]).Single().Mask.Area);
    }

    [Fact]
    public void Image_steps_refuse_to_work_blind()
    {
        var mask = new StepMask(RunLengthMask.FromMask(RandomMasks.Fill(9, 9, (x, _) => x > 4)), 0);
        var step = PostProcessingStep.Parse("refine-crf");

        Assert.True(step.Description.NeedsImage);
        Assert.Throws<ArgumentException>(() => step.Apply([mask]));
        Assert.Throws<ArgumentException>(() => step.Apply([mask], new Maskwright.Images.RgbImage(2, 2, new byte[12])));
    }

    [Fact]
    public void The_tally_tells_what_changed()
    {
        StepMask[] masks =
        [
            new(RunLengthMask.FromMask(AsciiMask.Parse(Ragged)), 0),
            new(RunLengthMask.FromMask(AsciiMask.Parse(Ragged.Replace('#', '.').Replace("..............\n.", "..............\n#", StringComparison.Ordinal))), 1),
        ];
        var (fill, open) = (new StepTally(PostProcessingStep.Parse("fill-holes")), new StepTally(PostProcessingStep.Parse("open:3")));

        var after = open.Apply(fill.Apply(masks, null, source => $"mask {source}"), null, source => $"mask {source}");

        Assert.Equal(new StepChanges("fill-holes")
        {
            MasksBefore = 2,
            MasksAfter = 2,
            MasksChanged = 1,
            PixelsAdded = 10,
            HolesFilled = 1,
            ComponentsRemoved = 1,
            WorstIou = 27 / 37.0,
            WorstMask = "mask 0",
        }, fill.Changes);
        Assert.Equal((2, 1, 1, 1, 0), (open.Changes.MasksBefore, open.Changes.MasksAfter, open.Changes.MasksChanged, open.Changes.MasksDropped, open.Changes.PixelsAdded));
        Assert.Equal(0, after.Single().Source);
    }

    [Fact]
    public void Every_step_and_parameter_is_explained()
    {
        Assert.Equal(PostProcessingStep.Known.Count, PostProcessingStep.Known.Select(step => step.Name).Distinct().Count());
        Assert.All(PostProcessingStep.Known, step => Assert.EndsWith(".", step.Summary, StringComparison.Ordinal));
        Assert.All(PostProcessingStep.Known.SelectMany(step => step.Parameters), parameter => Assert.NotEmpty(parameter.Meaning));
    }
}
