using Maskwright.Formats.Svg;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Svg;

public sealed class SvgDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_every_shape()
    {
        var dataset = Dataset(Object(Triangle), Object(TwoParts, Dog), Object(Frame), Object(Box, Dog), Object(Spots));

        var (back, _) = dataset.RoundTrip("svg", _folder.File("out"));

        var image = Assert.Single(back.Images);
        SameObjects(dataset.Images.First(), image);
        Assert.Equal([Triangle, TwoParts, Frame, Box], image.Objects.Take(4).Select(item => item.Shape));
    }

    [Fact]
    public void Reads_back_the_drawings_of_the_mask_writer()
    {
        var path = new SvgWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square with { Label = "cat" }, SampleMasks.Ring))[0];

        var image = Assert.Single(new SvgDatasetReader().Open(path).Images);

        Assert.Equal(["object", "cat"], image.Objects.Select(item => item.Category.Name));
        Assert.Equal(0.9, image.Objects[1].Score);
        AsciiMask.Equal(SampleMasks.Ring.Mask.ToBinaryMask(), image.Objects[0].Shape.ToMask(image.Size).ToBinaryMask());
        AsciiMask.Equal(SampleMasks.Square.Mask.ToBinaryMask(), image.Objects[1].Shape.ToMask(image.Size).ToBinaryMask());
    }

    [Theory]
    [InlineData("<rect x='2' y='3' width='4' height='5'/>", 2, 3, 4, 5, 20)]
    [InlineData("<rect x='1' y='1.5' width='2' height='2.5' transform='scale(2)'/>", 2, 3, 4, 5, 20)]
    [InlineData("<g transform='translate(2 3)'><path transform='rotate(90) scale(1,-1)' d='M0 0H5V4H0z'/></g>", 2, 3, 4, 5, 20)]
    [InlineData("<polygon points='2,3 6,3 6,8 2,8'/>", 2, 3, 4, 5, 20)]
    [InlineData("<path d='m2,3l4,0 0,5-4,0z'/>", 2, 3, 4, 5, 20)]
    [InlineData("<path fill-rule='evenodd' d='M2 3h4v5h-4z M3 4h2v1h-2z'/>", 2, 3, 4, 5, 18)]
    [InlineData("<path d='M2 3h4v5h-4z M3 4h2v1h-2z'/>", 2, 3, 4, 5, 20)]
    [InlineData("<path d='M2 3h4v5h-4z M3 4v1h2v-1z'/>", 2, 3, 4, 5, 18)]
    [InlineData("<circle cx='10' cy='8' r='5'/>", 5, 3, 10, 10, 79)]
    [InlineData("<path d='M5 8A5 5 0 0 1 15 8A5 5 0 0 1 5 8'/>", 5, 3, 10, 10, 79)]
    [InlineData("<path d='M5 8C5 1.33 15 1.33 15 8C15 14.67 5 14.67 5 8z'/>", 5, 3, 10, 10, 78)]
    public void Reads_shapes_paths_and_transforms(string element, int x, int y, int width, int height, int area)
    {
        var path = Write($"<svg xmlns='http://www.w3.org/2000/svg' width='20' height='16'>{element}</svg>");

        var mask = Assert.Single(Assert.Single(new SvgDatasetReader().Open(path).Images).Objects).Shape.ToMask(Size);

        Assert.Equal(new Geometry.PixelRect(x, y, width, height), mask.Bounds);
        Assert.InRange(mask.Area, area - 3, area + 3);
        Assert.True(area > 70 || mask.Area == area);
    }

    [Fact]
    public void Takes_the_class_of_the_group_around_and_the_scale_of_the_view_box()
    {
        var path = Write("<svg xmlns='http://www.w3.org/2000/svg' viewBox='10 0 40 32' width='20px' height='16'><title>a.jpg</title><g class='cat'><g><rect x='14' y='6' width='8' height='10'/></g><text>x</text></g><defs><rect width='1' height='1'/></defs></svg>");

        var image = Assert.Single(new SvgDatasetReader().Open(path).Images);

        Assert.Equal(("a.jpg", Size), (image.FileName, image.Size));
        Assert.Equal("cat", Assert.Single(image.Objects).Category.Name);
        Assert.Equal(new Geometry.PixelRect(2, 3, 4, 5), image.Objects[0].Shape.ToMask(Size).Bounds);
    }

    [Theory]
    [InlineData("<path d='L1 1'/>", "begins with M at character 2")]
    [InlineData("<path d='M1 1 L2'/>", "a number was expected at character 8")]
    [InlineData("<path d='M1 1 X2 2'/>", "'X' is no command")]
    [InlineData("<path d='M1 1 L2 2'/>", "encloses nothing")]
    [InlineData("<rect width='-1' height='2'/>", "negative side")]
    [InlineData("<rect width='5' height='2' rx='1'/>", "round corners")]
    [InlineData("<rect width='5' height='2' transform='rotate(45'/>", "no list of transforms")]
    [InlineData("<polygon points='1,2 3'/>", "without a partner")]
    [Trait("Kind", "hostile")]
    public void Says_where_a_drawing_is_wrong(string element, string reason)
    {
        var path = Write($"<svg xmlns='http://www.w3.org/2000/svg' width='20' height='16'>\n{element}</svg>");

        var fault = Assert.Throws<InvalidAnnotationException>(() => new SvgDatasetReader().Open(path).Images.Count());

        Assert.Equal(2, fault.Line);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private string Write(string content)
    {
        File.WriteAllText(_folder.File("a.svg"), content);
        return _folder.File("a.svg");
    }
}
