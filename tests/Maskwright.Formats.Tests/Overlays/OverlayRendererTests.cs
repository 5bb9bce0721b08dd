using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Overlays;

public sealed class OverlayRendererTests : IDisposable
{
    private static readonly RgbImage Grey = new(200, 150, [.. Enumerable.Repeat((byte)128, 200 * 150 * 3)]);
    private static readonly MaskProposal Large = Box(20, 20, 180, 130);
    private static readonly MaskProposal Small = Box(60, 50, 100, 90);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fills_masks_draws_their_borders_and_dims_the_rest()
    {
        var picture = OverlayRenderer.Render(Grey, [Small, Large], new OverlayOptions { BackgroundDimming = 0.5 });

        Assert.Equal((64, 64, 64), Pixel(picture, 2, 2));
        Assert.NotEqual(Pixel(picture, 30, 30), Pixel(picture, 80, 70));
        Assert.NotEqual(Pixel(picture, 30, 30), Pixel(picture, 20, 75));
        Assert.NotEqual(Pixel(picture, 20, 75), Pixel(picture, 60, 75));
    }

    [Fact]
    public void Without_masks_or_prompts_the_photo_stays_as_it_is()
    {
        var picture = OverlayRenderer.Render(Grey, []);

        Assert.True(picture.Pixels.SequenceEqual(Grey.Pixels));
    }

    [Fact]
    public void Nothing_to_draw_draws_nothing()
    {
        var options = new OverlayOptions { FillOpacity = 0, ContourWidthPixels = 0, BackgroundDimming = 0 };

        Assert.True(OverlayRenderer.Render(Grey, [Large], options).Pixels.SequenceEqual(Grey.Pixels));
    }

    [Fact]
    public void The_photo_is_not_touched_and_the_picture_is_the_same_each_time()
    {
        var before = Grey.ContentHash();

        var first = OverlayRenderer.Render(Grey, [Large, Small], new OverlayOptions { WithNumbers = true });
        var second = OverlayRenderer.Render(Grey, [Large, Small], new OverlayOptions { WithNumbers = true });

        Assert.Equal(before, Grey.ContentHash());
        Assert.Equal(first.ContentHash(), second.ContentHash());
    }

    [Fact]
    public void Clicks_are_green_and_red()
    {
        var prompt = new Prompt { Points = [new PromptPoint(50, 40), new PromptPoint(150, 100, IsPositive: false)], Box = new PixelBox(10, 10, 190, 140) };

        var picture = OverlayRenderer.Render(Grey, [], new OverlayOptions { Prompts = [prompt] });

        Assert.Equal((34, 197, 94), Pixel(picture, 50, 40));
        Assert.Equal((239, 68, 68), Pixel(picture, 150, 100));
        Assert.Equal((34, 197, 94), Pixel(picture, 100, 9));
        Assert.Equal((128, 128, 128), Pixel(picture, 100, 75));
    }

    [Fact]
    public void A_number_stands_where_its_mask_has_most_room()
    {
        var plain = OverlayRenderer.Render(Grey, [Large, Small]);
        var numbered = OverlayRenderer.Render(Grey, [Large, Small], new OverlayOptions { WithNumbers = true });

        var places = NumberPlacement.Find(LabelMap.FromProposals(Grey.Size, [Large, Small]), [Large, Small]);

        Assert.InRange(places[1]!.Value.X, 78, 82); // the middle of the small box, which nothing covers
        Assert.InRange(places[1]!.Value.Y, 68, 72);
        Assert.NotEqual(plain.ContentHash(), numbered.ContentHash());
        Assert.Equal(Pixel(plain, 30, 30), Pixel(numbered, 30, 30));
    }

    [Fact]
    public void A_mask_that_others_cover_has_no_number()
    {
        var left = Box(0, 0, 10, 5);
        var right = Box(0, 5, 10, 10);
        var whole = Box(0, 0, 10, 10);

        var places = NumberPlacement.Find(LabelMap.FromProposals(Grey.Size, [whole, left, right]), [whole, left, right]);

        Assert.Null(places[0]);
        Assert.NotNull(places[1]);
    }

    [Fact]
    public void All_faults_of_the_options_are_told_at_once()
    {
        var options = new OverlayOptions { FillOpacity = 2, ContourWidthPixels = double.NaN, BackgroundDimming = -1 };

        var error = Assert.Throws<ArgumentException>(() => OverlayRenderer.Render(Grey, [], options));

        Assert.Contains("FillOpacity", error.Message, StringComparison.Ordinal);
        Assert.Contains("ContourWidthPixels", error.Message, StringComparison.Ordinal);
        Assert.Contains("BackgroundDimming", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cutout_is_the_photo_inside_and_nothing_outside()
    {
        var path = new CutoutWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square))[0];

        using var image = NetVips.Image.NewFromFile(path);
        Assert.Equal((6, 4, 4), (image.Width, image.Height, image.Bands));
        Assert.Equal([0, 0, 0, 0], image.Getpoint(0, 0));
        Assert.Equal([63, 66, 69, 255], image.Getpoint(1, 1));
    }

    [Fact]
    public void A_cropped_cutout_has_the_size_of_the_mask()
    {
        var path = new CutoutWriter { CropToBounds = true }.Write(SampleMasks.Request(_folder.Path, SampleMasks.Square))[0];

        using var image = NetVips.Image.NewFromFile(path);
        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal([63, 66, 69, 255], image.Getpoint(0, 0));
    }

    private static MaskProposal Box(int left, int top, int right, int bottom)
    {
        var mask = new BinaryMask(200, 150);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                mask[x, y] = true;
            }
        }

        return new MaskProposal(RunLengthMask.FromMask(mask), 0.9);
    }

    private static (int Red, int Green, int Blue) Pixel(RgbImage image, int x, int y)
    {
        var row = image.Row(y);
        return (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]);
    }
}
