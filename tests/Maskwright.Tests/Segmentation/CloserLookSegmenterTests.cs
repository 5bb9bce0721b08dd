using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public sealed class CloserLookSegmenterTests : IDisposable
{
    private const int FarSide = 64, CloseSide = 64;

    private static readonly CloserLookOptions s_options = new() { FarSide = FarSide, CloseSide = CloseSide, LeastWindow = 48 };
    private static readonly PredictionOptions s_one = new() { Multimask = false };

    private readonly SeenSegmenter _far = new(FarSide) { Quality = 0.25f };
    private readonly SeenSegmenter _close = new(CloseSide) { Quality = 0.75f };

    public void Dispose()
    {
        _close.Dispose();
        _far.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shows_finely_what_is_small_in_a_large_image(bool isBox)
    {
        var (image, truth) = Disc(1024, 768, x: 700, y: 300, radius: 20);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);
        using var whole = _far.Encode(image);
        var prompt = isBox ? Prompt.InBox(680, 280, 721, 321) : Prompt.Point(700, 300);

        var coarse = Mask(_far.Predict(whole, [prompt], s_one));
        var found = closer.Predict(embedding, [prompt], s_one);

        Assert.InRange(Iou(coarse, truth), 0.3, 0.9);
        Assert.InRange(Iou(Mask(found), truth), 0.92, 1);
        Assert.Equal(0.75f, found.Quality(0, 0));
    }

    [Fact]
    public void Looks_closer_again_until_nothing_finer_is_to_be_seen()
    {
        var (image, truth) = Disc(8192, 512, x: 5184, y: 192, radius: 54);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        var found = Mask(closer.Predict(embedding, [Prompt.Point(5184, 192)], s_one));

        Assert.InRange(Iou(found, truth), 0.92, 1);
        Assert.True(_close.Looks.Count > 1);
        Assert.Equal(_close.Looks.OrderByDescending(size => size.Width), _close.Looks);
    }

    [Theory]
    [InlineData(1024, 300)] // fills much of it
    [InlineData(64, 5)] // the image has nothing finer to show
    public void Leaves_alone_what_was_seen_well(int side, int radius)
    {
        var (image, _) = Disc(side, side, x: side / 2, y: side / 2, radius);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        var found = closer.Predict(embedding, [Prompt.Point(side / 2.0, side / 2.0)], s_one);

        Assert.Empty(_close.Looks);
        Assert.Equal(0.25f, found.Quality(0, 0));
    }

    [Fact]
    public void Tells_a_window_of_a_clicked_object_the_clicks_in_it_and_what_was_seen_from_afar()
    {
        var (image, _) = Disc(1024, 768, x: 700, y: 300, radius: 20);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        closer.Predict(embedding, [Prompt.Point(705, 295).AndPoint(10, 10, isPositive: false).AndPoint(690, 310, isPositive: false)], s_one);

        var asked = Assert.Single(_close.Prompts);
        Assert.Equal([true, false], asked.Points.Select(point => point.IsPositive));
        Assert.Equal((-15, 15), (asked.Points[1].X - asked.Points[0].X, asked.Points[1].Y - asked.Points[0].Y));
        var hint = Assert.IsType<MaskLogits>(asked.MaskHint);
        Assert.Equal(Assert.Single(_close.Looks), hint.Frame.ImageSize);
        Assert.True(hint.At(asked.Points[0].X, asked.Points[0].Y) > 0);
        Assert.True(hint.At(1, 1) < 0);
    }

    [Fact]
    public void Tells_a_window_of_a_boxed_object_the_box_alone()
    {
        var (image, _) = Disc(1024, 768, x: 700, y: 300, radius: 20);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        closer.Predict(embedding, [Prompt.InBox(680, 280, 721, 321)], s_one);

        var asked = Assert.Single(_close.Prompts);
        Assert.Null(asked.MaskHint);
        Assert.Equal((41, 41), (asked.Box!.Value.Width, asked.Box.Value.Height));
        Assert.InRange(asked.Box.Value.X0, 0, _close.Looks[0].Width - 41);
    }

    [Fact]
    public void Looks_at_a_box_that_leaves_the_image_where_the_image_is()
    {
        var (image, truth) = Disc(1024, 768, x: 1014, y: 758, radius: 15);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        var found = closer.Predict(embedding, [Prompt.InBox(1000, 744, 1300, 1000)], s_one);

        Assert.True(Assert.Single(_close.Looks).LongestSide < 60, "as large as the part of the box that shows something");
        Assert.InRange(Iou(Mask(found), truth), 0.92, 1);
    }

    [Fact]
    public void Remembers_a_few_windows_and_disposes_all()
    {
        var (image, _) = Disc(1024, 768, x: 700, y: 300, radius: 20);
        var closer = new CloserLookSegmenter(_far, _close, s_options with { MostWindows = 2 });
        var embedding = closer.Encode(image);
        Prompt Box(int x) => Prompt.InBox(x, 280, x + 41, 321);

        closer.Predict(embedding, [Box(684)], s_one);
        closer.Predict(embedding, [Box(685), Box(683)], s_one);
        Assert.Single(_close.Looks);

        closer.Predict(embedding, [Box(100), Box(300), Box(684)], s_one);
        Assert.Equal(4, _close.Looks.Count);
        Assert.Equal(2, _close.Alive);

        embedding.Dispose();
        Assert.Equal((0, 0), (_close.Alive, _far.Alive));
        closer.Dispose();
        Assert.True(_close.IsDisposed && _far.IsDisposed);
    }

    [Fact]
    public void Looks_at_every_reading_for_itself()
    {
        var (image, truth) = Disc(1024, 768, x: 700, y: 300, radius: 20);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        var found = closer.Predict(embedding, [Prompt.Point(700, 300)], new PredictionOptions());

        Assert.Equal(3, found.MasksPerPrompt);
        Assert.All(Enumerable.Range(0, 3), mask => Assert.InRange(Iou(Mask(found, mask), truth), 0.92, 1));
        Assert.Single(_close.Looks);
    }

    [Fact]
    public void Keeps_what_was_seen_from_afar_when_nothing_is_seen_from_near()
    {
        var (image, _) = Disc(1024, 768, x: 700, y: 300, radius: 20);
        using var closer = new CloserLookSegmenter(_far, new SeenSegmenter(CloseSide) { IsBlind = true }, s_options);
        using var embedding = closer.Encode(image);

        var found = closer.Predict(embedding, [Prompt.Point(700, 300)], s_one);

        Assert.Equal(0.25f, found.Quality(0, 0));
        Assert.True(Mask(found).Area() > 0);
    }

    [Fact]
    public void Keeps_what_was_seen_from_afar_when_the_window_does_not_hold_the_whole()
    {
        var (image, _) = Disc(1024, 768, x: 700, y: 300, radius: 20, line: 2);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        var found = closer.Predict(embedding, [Prompt.Point(700, 300)], s_one);

        Assert.Single(_close.Looks);
        Assert.Equal(0.25f, found.Quality(0, 0));
        Assert.True(Mask(found).Bounds().Width < 60);
    }

    [Fact]
    public void Spares_masks_that_nobody_wants()
    {
        var (image, _) = Disc(1024, 768, x: 700, y: 300, radius: 20);
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var embedding = closer.Encode(image);

        closer.Predict(embedding, [Prompt.Point(700, 300)], s_one with { QualityFloor = 0.3 });

        Assert.Empty(_close.Looks);
    }

    [Fact]
    public void Refuses_embeddings_of_others_and_segmenters_that_do_not_belong_together()
    {
        using var closer = new CloserLookSegmenter(_far, _close, s_options);
        using var foreign = _far.Encode(Disc(64, 64, 32, 32, 5).Image);

        Assert.Throws<ArgumentException>(() => closer.Predict(foreign, [Prompt.Point(1, 1)], s_one));
        Assert.Throws<ArgumentException>(() => new CloserLookSegmenter(_far, new SeenSegmenter(8) { MaskThresholdLogit = 1 }, s_options));
    }

    [Fact]
    public void Names_every_option_that_cannot_be()
    {
        var fault = Assert.Throws<ArgumentException>(() => new CloserLookOptions { FarSide = 0, CloseSide = 0, LeastGain = 1, Room = double.NaN, LeastWindow = 0, MostWindows = 0 }.Validate());

        Assert.All(new[] { "far side", "close side", "least gain", "room", "least window", "windows" }, name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prefers_what_the_segmenter_prefers(bool prefers)
    {
        using var closer = new CloserLookSegmenter(new SeenSegmenter(8) { PrefersReadingsOfOneClick = prefers }, _close, s_options);

        Assert.Equal(prefers, closer.PrefersReadingsOfOneClick);
    }

    [Fact]
    public void Windows_hold_their_object_with_room_and_lie_in_the_image()
    {
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var image = new ImageSize(random.Next(300, 4000), random.Next(300, 4000));
            double width = random.Next(1, image.LongestSide / 10), height = random.Next(1, image.LongestSide / 10);
            double x = random.Next(0, Math.Max(1, (int)(image.Width - width))), y = random.Next(0, Math.Max(1, (int)(image.Height - height)));
            var extent = new PixelBox(x, y, Math.Min(x + width, image.Width), Math.Min(y + height, image.Height));

            if (LookWindow.Around(extent, image, image.Bounds, FarSide, s_options) is not { } window)
            {
                continue;
            }

            Assert.True(image.Bounds.Contains(window));
            Assert.True(window.X <= extent.X0 && window.Y <= extent.Y0 && window.Right >= extent.X1 && window.Bottom >= extent.Y1, $"{window} does not hold {extent} of {image}");
            Assert.True(window.Size.LongestSide <= image.LongestSide / s_options.LeastGain);
        }
    }

    private static (RgbImage Image, BinaryMask Truth) Disc(int width, int height, int x, int y, int radius, int line = 0)
    {
        var (pixels, truth) = (new byte[width * height * 3], new BinaryMask(width, height));
        for (var i = 0; i < width * height; i++)
        {
            if (Math.Pow((i % width) - x, 2) + Math.Pow((i / width) - y, 2) <= radius * radius || Math.Abs((i / width) - y) < line)
            {
                truth[i % width, i / width] = true;
                pixels.AsSpan(3 * i, 3).Fill(255);
            }
        }

        return (new RgbImage(width, height, pixels), truth);
    }

    private static BinaryMask Mask(MaskPredictions found, int mask = 0) => LogitThresholding.Cut(found.Logits(0, mask)).Mask.ToBinaryMask();

    private static double Iou(BinaryMask one, BinaryMask other) => RunLengthMask.FromMask(one).Iou(RunLengthMask.FromMask(other));
}
