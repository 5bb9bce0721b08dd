using Maskwright.Datasets;
using Maskwright.Formats.Cvat;
using Maskwright.Formats.Datasets;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Cvat;

public sealed class CvatTests : IDisposable
{
    private const string Head = """<?xml version="1.0" encoding="utf-8"?><annotations><version>1.1</version><meta><task><labels><label><name>cat</name><color>#ff00cc</color><attributes/></label></labels></task></meta>""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_every_pixel_and_the_corners_of_simple_polygons()
    {
        var attributes = DatasetAttributes.Empty.With("occluded", true).With("z_order", -2L).With("breed", "a < b");
        var dataset = Dataset(Object(Triangle) with { Attributes = attributes, GroupId = 7 }, Object(TwoParts, Dog), Object(Frame), Object(Box, Dog), Object(Spots));

        var (back, losses) = dataset.RoundTrip("cvat", _folder.File("a.xml"));

        var image = Assert.Single(back.Images);
        SameObjects(dataset.Images.First(), image);
        Assert.Equal(Triangle, image.Objects[0].Shape);
        Assert.Equal(attributes, image.Objects[0].Attributes);
        Assert.Equal(7, image.Objects[0].GroupId);
        Assert.Equal(Box, image.Objects[3].Shape);
        Assert.Equal(2, losses[LossKind.PolygonsRasterised]);
    }

    /// <remarks>The elements are those of CVAT's documentation of the format, with masks as it exports them: run lengths by rows within the box.</remarks>
    [Fact]
    public void Reads_every_element_and_passes_over_what_has_no_area()
    {
        var passedOver = new List<SkippedItem>();
        var path = Write(Head + """

              <image id="4" name="sub/a.jpg" subset="train" width="20" height="16">
                <polygon label="cat" source="manual" occluded="0" points="1.00,1.00;5.00,1.00;5.00,5.00" z_order="0" group_id="2"><attribute name="age">3</attribute></polygon>
                <box label="cat" source="manual" occluded="1" xtl="2.50" ytl="3.00" xbr="7.00" ybr="9.25" z_order="1"></box>
                <box label="cat" occluded="0" xtl="4" ytl="4" xbr="12" ybr="8" rotation="90.00"/>
                <mask label="cat" source="manual" occluded="0" rle="1, 2, 3, 1, 1, 1" left="4" top="6" width="3" height="3" z_order="0"/>
                <ellipse label="cat" cx="10" cy="8" rx="4" ry="3"/>
                <polyline label="cat" points="1,1;2,2"/>
                <points label="cat" points="1,1"/>
                <tag label="cat"/>
              </image>
            </annotations>
            """);

        var image = Assert.Single(new CvatReader().Open(path, new DatasetReadOptions { Skipped = passedOver.Add }).Images);

        Assert.Equal(("sub/a.jpg", 4L, "train"), (image.FileName, image.Id, image.Split));
        Assert.Equal(new TextValue("3"), image.Objects[0].Attributes["age"]);
        Assert.Equal(new Metrics.ObjectBox(2.5, 3, 4.5, 6.25), image.Objects[1].Shape.Bounds);
        Assert.Equal(new Geometry.PixelRect(6, 2, 4, 8), image.Objects[2].Shape.ToMask(Size).Bounds);
        Assert.Equal([(5, 6), (6, 6), (4, 8), (6, 8)], Pixels(image.Objects[3].Shape.ToMask(Size).ToBinaryMask()));
        Assert.InRange(image.Objects[4].Shape.ToMask(Size).Area, 35, 40); // 12 pi
        Assert.Equal(3, passedOver.Count);
    }

    [Theory]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"x\"/>", "'height' is 'x'")]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"16\">\n<polygon label=\"cat\" points=\"1,1;2,2\"/></image>", "a polygon of 2 points")]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"16\">\n<polygon label=\"cat\" points=\"1,1;2,nan;3,4\"/></image>", "not a finite number")]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"16\">\n<polygon label=\"dog\" points=\"1,1;2,2;3,4\"/></image>", "the label 'dog' is none")]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"16\">\n<mask label=\"cat\" rle=\"1, 99\" left=\"0\" top=\"0\" width=\"3\" height=\"3\"/></image>", "run 1 of 99 pixels")]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"16\">\n<mask label=\"cat\" rle=\"1, -3, 11\" left=\"0\" top=\"0\" width=\"3\" height=\"3\"/></image>", "'rle'")]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"16\">\n<mask label=\"cat\" rle=\"1\" left=\"0\" top=\"0\" width=\"300000\" height=\"3000\"/></image>", "does not belong")]
    [InlineData("<image id=\"0\" name=\"a\" width=\"20\" height=\"16\">\n<box label=\"cat\" xtl=\"9\" ytl=\"1\" xbr=\"2\" ybr=\"3\"/></image>", "ends before it begins")]
    [InlineData("<track id=\"0\" label=\"cat\"/>", "tracks of a video")]
    [InlineData("<image", "not XML")]
    [Trait("Kind", "hostile")]
    public void Says_where_a_file_is_wrong(string content, string reason)
    {
        var path = Write(Head + "\n" + content + "\n</annotations>");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new CvatReader().Open(path).Images.Count());

        Assert.Equal(path, fault.Path);
        Assert.True(fault.Line is 2 or 3, fault.Message);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_entities()
    {
        var path = Write("<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<annotations>&b;</annotations>");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new CvatReader().Open(path));

        Assert.Equal(2, fault.Line);
        Assert.Contains("document type", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_what_is_no_text()
    {
        File.WriteAllBytes(_folder.File("annotations.xml"), [0xFF, 0xFE, 0x00, 0xD8, 0x00]);

        Assert.Throws<InvalidAnnotationException>(() => new CvatReader().Open(_folder.File("annotations.xml")));
    }

    [Fact]
    public void Keeps_going_past_a_damaged_shape_and_a_damaged_image()
    {
        var path = Write(Head + """
            <image id="0" name="a" width="20" height="16"><polygon label="cat" points="1,1"/><box label="cat" xtl="1" ytl="1" xbr="2" ybr="3"/></image>
            <image id="1" name="b" width="0" height="16"/><image id="2" name="c" width="20" height="16"/></annotations>
            """);
        var skipped = new List<SkippedItem>();

        var images = new CvatReader().Open(path, new DatasetReadOptions { KeepsGoing = true, Skipped = skipped.Add }).Images.ToList();

        Assert.Equal(["a", "c"], images.Select(image => image.FileName));
        Assert.Single(images[0].Objects);
        Assert.Equal(2, skipped.Count);
    }

    private static List<(int X, int Y)> Pixels(BinaryMask mask) =>
        [.. Enumerable.Range(0, mask.Width * mask.Height).Select(i => (X: i % mask.Width, Y: i / mask.Width)).Where(pixel => mask[pixel.X, pixel.Y])];

    private string Write(string content)
    {
        File.WriteAllText(_folder.File("annotations.xml"), content);
        return _folder.File("annotations.xml");
    }
}
