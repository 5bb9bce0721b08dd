using System.Xml.Linq;
using Maskwright.Formats.Svg;
using Maskwright.Masks;
using Maskwright.Testing;
using SkiaSharp;
using Xunit;

namespace Maskwright.Formats.Tests.Svg;

public sealed class SvgWriterTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Draws_large_masks_first_along_their_pixel_edges()
    {
        var drawing = Drawing(SampleMasks.Square, SampleMasks.Ring);

        var paths = drawing.Elements(Svg + "path").ToArray();
        Assert.Equal("0 0 6 4", (string?)drawing.Attribute("viewBox"));
        Assert.Equal(["mask-1", "mask-0"], paths.Select(path => (string?)path.Attribute("id")));
        Assert.Equal("M4 1v2h-3v-2z", (string?)paths[1].Attribute("d"));
        Assert.Equal("0.9", (string?)paths[1].Attribute("data-predicted-iou"));
        Assert.Equal("0.5", (string?)paths[1].Attribute("data-stability-score"));
        Assert.NotEqual((string?)paths[0].Attribute("fill"), (string?)paths[1].Attribute("fill"));
    }

    [Fact]
    public void Filled_by_another_program_the_paths_are_the_masks()
    {
        var drawing = Drawing(SampleMasks.Ring);
        using var path = SKPath.ParseSvgPathData((string?)drawing.Element(Svg + "path")?.Attribute("d"));
        path.FillType = SKPathFillType.EvenOdd;
        using var bitmap = new SKBitmap(6, 4, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        using var white = new SKPaint { Color = SKColors.White };
        canvas.Clear(SKColors.Black);

        canvas.DrawPath(path, white);

        var filled = new BinaryMask(6, 4);
        for (var i = 0; i < 24; i++)
        {
            filled[i % 6, i / 6] = bitmap.GetPixel(i % 6, i / 6).Red > 127;
        }

        AsciiMask.Equal(SampleMasks.Ring.Mask.ToBinaryMask(), filled);
    }

    [Fact]
    public void Escapes_names_and_labels()
    {
        var request = SampleMasks.Request(_folder.Path, SampleMasks.Square with { Label = "a<b>&\"c\"\u0001😀" }) with { ImagePath = "x & y.png" };

        var drawing = XDocument.Load(new SvgWriter().Write(request)[0]).Root;

        Assert.Equal("x & y.png", (string?)drawing?.Element(Svg + "title"));
        Assert.Equal("a<b>&\"c\"\uFFFD😀", (string?)drawing?.Element(Svg + "path")?.Attribute("data-label"));
    }

    private XElement Drawing(params MaskProposal[] proposals) =>
        XDocument.Load(new SvgWriter().Write(SampleMasks.Request(_folder.Path, proposals))[0]).Root ?? throw new InvalidOperationException();
}
