using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Labels;

public sealed class LabelledImageTableTests
{
    [Fact]
    public void Rows_say_what_the_labels_stand_for_and_paths_are_relative_to_the_table()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "set\tkind\timage\tlabels", "a\tregions\ti/1.png\tl/1.png;l/2.png", "", "street\tclasses\ti/2.png\tl/3.png");

        var images = LabelledImageTable.Read(path);

        Assert.Equal(("a", LabelKind.Regions, folder.File("i", "1.png")), (images[0].Set, images[0].Kind, images[0].ImagePath));
        Assert.Equal([folder.File("l", "1.png"), folder.File("l", "2.png")], images[0].LabelPaths);
        Assert.Equal(new LabelObjectOptions(), images[0].Options);
        Assert.Equal(new LabelObjectOptions { BackgroundLabel = null, VoidLabel = 11 }, images[1].Options);
    }

    [Fact]
    public void A_table_can_say_its_own_background_void_and_smallest_area()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "kind\tset\tlabels\timage\tvoid\tbackground\tmin_area", "classes\tx\tl.png\ti.png\t7\t-\t5");

        Assert.Equal(new LabelObjectOptions { BackgroundLabel = null, VoidLabel = 7, MinAreaPixels = 5 }, LabelledImageTable.Read(path)[0].Options);
    }

    [Fact]
    public void Void_pixels_are_ignored_for_every_object()
    {
        using var folder = new TemporaryFolder();
        ImageWriter.WritePng(new LabelMap(new ImageSize(3, 1), [1, 255, 2]), folder.File("l.png"));
        var path = Write(folder, "set\tkind\timage\tlabels\tmin_area", "x\tclasses\ti.png\tl.png\t1");

        var objects = LabelledImageTable.Read(path)[0].ReadObjects(TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], objects.Select(o => o.Label));
        Assert.All(objects, o => Assert.True(o.Target.Ignored![1, 0] && o.Target.Ignored.Area() == 1));
    }

    [Theory]
    [Trait("Kind", "hostile")]
    [InlineData("", "headings")]
    [InlineData("set\tkind\timage", "'labels' is missing")]
    [InlineData("set\tkind\timage\tlabels\tcolour", "'colour' is not known")]
    [InlineData("set\tkind\timage\tlabels\na\tblobs\ti\tl", "kind is 'blobs'")]
    [InlineData("set\tkind\timage\tlabels\na\tclasses\ti", "'labels' is empty")]
    [InlineData("set\tkind\timage\tlabels\na\tclasses\ti\t;", "no label file")]
    [InlineData("set\tkind\timage\tlabels\tmin_area\na\tclasses\ti\tl\t0", "at least 1")]
    [InlineData("set\tkind\timage\tlabels\tvoid\na\tclasses\ti\tl\tx", "'void' is 'x'")]
    public void Faults_name_the_file_and_the_line(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, text.Length == 0 ? [] : text.Split('\n'));

        var fault = Assert.Throws<InvalidAnnotationException>(() => LabelledImageTable.Read(path));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal((path, text.Contains('\n', StringComparison.Ordinal) ? 2L : 1L), (fault.Path, fault.Line));
    }

    private static string Write(TemporaryFolder folder, params string[] lines)
    {
        File.WriteAllLines(folder.File("t.tsv"), lines);
        return folder.File("t.tsv");
    }
}
