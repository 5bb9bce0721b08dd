using Maskwright.Datasets;
using Maskwright.Datasets.Checking;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Xunit;

namespace Maskwright.Tests.Datasets.Checking;

public sealed class DatasetCheckTests
{
    private static readonly DatasetCategory s_cat = new(1, "cat");
    private static readonly DatasetCategory s_dog = new(2, "dog");
    private static readonly ImageSize s_size = new(160, 120);

    [Fact]
    public void A_sound_data_set_has_no_findings()
    {
        var check = Check([Image("a.png", Square(20, 20)), Image("b.png", Square(60, 50, s_dog))]);

        Assert.Empty(check.Findings);
        var part = Assert.Single(check.Parts);
        Assert.Equal((2, 2), (part.Images, part.Objects));
        Assert.Equal((0, 2, 0), part.Sizes);
    }

    [Fact]
    public void A_crossing_outline_is_told_with_its_place()
    {
        var bowTie = new AnnotatedObject(s_cat, PolygonShape.FromNumbers([[10, 10, 50, 50, 50, 10, 10, 50]])) { Id = 7 };

        var finding = Assert.Single(Check([Image("a.png", bowTie, Square(80, 20, s_dog))]).Findings);

        Assert.Equal((FindingKind.SelfCrossing, FindingSeverity.Error), (finding.Kind, finding.Severity));
        Assert.Equal(("a.png", 7L, 0), (finding.Image, finding.ObjectId, finding.ObjectIndex));
        Assert.Equal(new PixelPoint(30, 30), finding.At);
    }

    [Fact]
    public void Objects_outside_their_image_are_told_apart_from_those_that_reach_beyond_it()
    {
        var outside = new AnnotatedObject(s_cat, PolygonShape.FromNumbers([[200, 10, 240, 10, 240, 50]]));
        var beyond = new AnnotatedObject(s_dog, PolygonShape.FromNumbers([[130, 10, 175, 10, 175, 50, 130, 50]]));

        var findings = Check([Image("a.png", outside, beyond)]).Findings;

        Assert.Equal([FindingKind.OutsideImage, FindingKind.PartlyOutside], findings.Select(f => f.Kind));
        Assert.Contains("15 px beyond", findings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_mask_is_told()
    {
        var empty = new AnnotatedObject(s_cat, new MaskShape(RunLengthMask.Empty(s_size)));

        Assert.Contains(Check([Image("a.png", empty, Square(20, 20, s_dog))]).Findings, f => f.Kind == FindingKind.EmptyMask && f.ObjectIndex == 0);
    }

    [Fact]
    public void A_mask_of_another_size_is_an_error_of_its_entry()
    {
        var other = new AnnotatedObject(s_cat, new MaskShape(RunLengthMask.Empty(new ImageSize(5, 5))));

        var finding = Assert.Single(Check([Image("a.png", other, Square(20, 20, s_dog))]).Findings);

        Assert.Equal(FindingKind.MalformedEntry, finding.Kind);
    }

    [Fact]
    public void The_same_object_twice_is_told_once()
    {
        var findings = Check([Image("a.png", Square(20, 20), Square(21, 20), Square(20, 20, s_dog))]).Findings;

        var finding = Assert.Single(findings);
        Assert.Equal((FindingKind.DuplicateObject, 1), (finding.Kind, finding.ObjectIndex));
    }

    [Theory]
    [InlineData(1600.0, null, 0)]
    [InlineData(1640.0, null, 0)]
    [InlineData(800.0, null, 1)]
    [InlineData(null, 20.0, 0)]
    [InlineData(null, 30.0, 1)]
    public void Areas_and_boxes_that_are_not_the_masks_are_told(double? area, double? boxLeft, int expected)
    {
        var item = Square(20, 20) with { Area = area, Box = boxLeft is { } left ? new ObjectBox(left, 20, 40, 40) : null };

        Assert.Equal(expected, Check([Image("a.png", item, Square(80, 20, s_dog))]).Findings.Count(f => f.Kind == FindingKind.MeasureDisagrees));
    }

    [Fact]
    public void Classes_without_members_are_told_and_classes_of_one_part_only_too()
    {
        var check = new DatasetCheck();
        check.Look(new AnnotatedDataset([s_cat, s_dog, new DatasetCategory(3, "unicorn")], [Image("a.png", Square(20, 20)), Image("b.png", Square(20, 20, s_dog))]), "train", open: null, TestContext.Current.CancellationToken);
        check.Look(new AnnotatedDataset([s_cat, s_dog, new DatasetCategory(3, "unicorn")], [Image("c.png", Square(20, 20))]), "val", open: null, TestContext.Current.CancellationToken);

        check.Conclude();

        Assert.Equal(
            [(FindingKind.ClassWithoutMembers, "train", "unicorn"), (FindingKind.ClassOnlyInOnePart, "val", "dog"), (FindingKind.ClassWithoutMembers, "val", "unicorn")],
            check.Findings.Select(f => (f.Kind, f.Part, f.Category!)));
    }

    [Fact]
    public void A_copy_in_another_part_is_leakage_and_within_a_part_a_duplicate()
    {
        var picture = Pictures.Clouds(1);
        var darker = new RgbImage(160, 120, [.. picture.Pixels.ToArray().Select(p => (byte)(p * 0.9))]);
        var check = new DatasetCheck(new DatasetCheckOptions { ChecksEdges = false });
        check.Look(Dataset(Image("a.png"), Image("b.png")), "train", _ => picture, TestContext.Current.CancellationToken);

        check.Look(Dataset(Image("c.png")), "val", _ => darker, TestContext.Current.CancellationToken);

        var duplicate = Assert.Single(check.Findings, f => f.Kind == FindingKind.DuplicateImage);
        Assert.Equal(("b.png", ("train", "a.png")), (duplicate.Image, duplicate.Other));
        var leakage = Assert.Single(check.Findings, f => f.Kind == FindingKind.Leakage);
        Assert.Equal(("c.png", "val", FindingSeverity.Error), (leakage.Image, leakage.Part, leakage.Severity));
        Assert.Equal("train", leakage.Other?.Part);
    }

    [Fact]
    public void Images_that_cannot_be_read_do_not_stop_the_others()
    {
        var check = new DatasetCheck();
        check.Look(
            Dataset(Image("gone.png", Square(20, 20)), Image("broken.png", Square(20, 20)), Image("other.png", Square(20, 20)), Image("good.png", Square(20, 20, s_dog))),
            string.Empty,
            image => image.FileName switch
            {
                "gone.png" => throw new FileNotFoundException(),
                "broken.png" => throw new InvalidImageException("broken.png", "it ends early"),
                "other.png" => Pictures.Clouds(2, 50, 40),
                _ => Pictures.Clouds(3),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(
            [(FindingKind.MissingImage, "gone.png"), (FindingKind.UnreadableImage, "broken.png"), (FindingKind.SizeDisagrees, "other.png")],
            check.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => (f.Kind, f.Image!)));
        Assert.Equal(4, Assert.Single(check.Parts).Images);
    }

    [Fact]
    public void A_mask_beside_its_object_is_suspicious()
    {
        var pixels = new byte[160 * 120 * 3];
        var random = new Random(1);
        for (var i = 0; i < 160 * 120; i++)
        {
            var inside = i % 160 is >= 50 and < 90 && i / 160 is >= 40 and < 80;
            pixels.AsSpan(i * 3, 3).Fill((byte)((inside ? 180 : 60) + random.Next(4)));
        }

        var check = new DatasetCheck();
        check.Look(Dataset(Image("a.png", Square(55, 40), Square(50, 40, s_dog))), string.Empty, _ => new RgbImage(160, 120, pixels), TestContext.Current.CancellationToken);

        var finding = Assert.Single(check.Findings);
        Assert.Equal((FindingKind.ShiftedMask, 0), (finding.Kind, finding.ObjectIndex));
        Assert.Contains("px left", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var fault = Assert.Throws<ArgumentException>(() => new DatasetCheck(new DatasetCheckOptions { LookAlikeBits = 16, DuplicateIou = 0 }));

        Assert.Contains("LookAlikeBits", fault.Message, StringComparison.Ordinal);
        Assert.Contains("DuplicateIou", fault.Message, StringComparison.Ordinal);
    }

    private static DatasetCheck Check(AnnotatedImage[] images)
    {
        var check = new DatasetCheck();
        check.Look(Dataset(images), string.Empty, open: null, TestContext.Current.CancellationToken);
        return check;
    }

    private static AnnotatedDataset Dataset(params AnnotatedImage[] images) => new([s_cat, s_dog], images);

    private static AnnotatedImage Image(string name, params AnnotatedObject[] objects) => new(name, s_size, objects);

    private static AnnotatedObject Square(double left, double top, DatasetCategory? category = null) =>
        new(category ?? s_cat, PolygonShape.FromNumbers([[left, top, left + 40, top, left + 40, top + 40, left, top + 40]]));
}
