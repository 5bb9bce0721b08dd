using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Masks;

public class LogitThresholdingTests
{
    public static TheoryData<int, int, string> Frames()
    {
        var data = new TheoryData<int, int, string>();
        (int Width, int Height, LogitFrame Frame)[] cases =
        [
            (64, 64, Frame(256, 256, 171, 256, 171)),
            (64, 64, Frame(256, 256, 171, 600, 400)),
            (64, 64, Frame(256, 171, 256, 100, 150)),
            (64, 64, Frame(256, 256, 192, 1000, 750)),
            (64, 64, Frame(256, 256, 256, 20, 20)),
            (64, 64, Frame(256, 256, 150, 171, 100)),
            (64, 64, Frame(64, 64, 40, 64, 40)),
            (64, 64, Frame(64, 50, 64, 333, 401)),
            (61, 37, new LogitFrame(new ImageSize(244, 148), new ImageSize(200, 140), new ImageSize(131, 77))),
            (61, 37, LogitFrame.Identity(new ImageSize(61, 37))),
            (5, 3, LogitFrame.Identity(new ImageSize(129, 65))),
            (1, 1, Frame(7, 7, 7, 9, 9)),
            (3, 1, Frame(8, 8, 1, 40, 1)),
        ];
        foreach (var (width, height, frame) in cases)
        {
            foreach (var lanes in new[] { 1, 4, 8, 16 })
            {
                s_frames[$"{width}x{height} {frame}"] = (width, height, frame);
                data.Add(lanes, width, $"{width}x{height} {frame}");
            }
        }

        return data;
    }

    private static readonly Dictionary<string, (int Width, int Height, LogitFrame Frame)> s_frames = [];

    [Theory]
    [MemberData(nameof(Frames))]
    public void One_pass_equals_two_full_steps_and_a_cut(int lanes, int seed, string name)
    {
        var (width, height, frame) = s_frames[name];
        var logits = Waves(width, height, frame, seed);
        var full = LogitUpsampling.ToImage(logits);
        var pass = new LogitPass(new ImageSize(width, height), frame, lanes);
        foreach (var (threshold, offset) in new[] { (0.0, 1.0), (0.5, 0.3), (-1.0, 0.0) })
        {
            var levels = CutLevels.Around(threshold, offset);

            var cut = pass.Run(logits.Values, levels, double.NegativeInfinity, int.MaxValue);

            var size = frame.ImageSize;
            AsciiMask.Equal(RandomMasks.Fill(size.Width, size.Height, (x, y) => full[(y * size.Width) + x] > levels.Mask), cut.Mask!.ToBinaryMask()); // No minimum was asked for.
            Assert.Equal((double)((float)full.Count(v => v > levels.Narrow) / Math.Max(1, full.Count(v => v > levels.Wide))), cut.Stability);
            Assert.Equal(cut.Mask.Bounds, cut.Bounds);
        }
    }

    [Fact]
    public void An_unstable_mask_is_not_made()
    {
        var logits = Waves(64, 64, Frame(256, 256, 171, 256, 171), seed: 3);
        var whole = LogitThresholding.Cut(logits);

        var below = LogitThresholding.CutIfStable(logits, 0, 1, whole.StabilityScore + 0.01, out var stability);
        var above = LogitThresholding.CutIfStable(logits, 0, 1, whole.StabilityScore, out _);

        Assert.Null(below);
        Assert.Equal(whole.StabilityScore, stability);
        Assert.Equal(whole.Mask, above);
    }

    [Fact]
    public void Logits_of_the_images_own_size_may_be_infinite()
    {
        float[] values = [float.PositiveInfinity, float.NegativeInfinity, float.NaN, 2f];
        var logits = new MaskLogits(values, 2, 2, LogitFrame.Identity(new ImageSize(2, 2)));

        var cut = LogitThresholding.Cut(logits);

        AsciiMask.Equal(AsciiMask.Parse("#.\n.#"), cut.Mask.ToBinaryMask());
        Assert.Equal(1, cut.StabilityScore);
    }

    [Fact]
    public void A_mask_that_is_nowhere_has_no_stability()
    {
        var logits = new MaskLogits(Enumerable.Repeat(-9f, 64).ToArray(), 8, 8, Frame(16, 16, 16, 30, 30));

        var cut = LogitThresholding.Cut(logits);

        Assert.Equal(0, cut.Mask.Area);
        Assert.Equal(0, cut.StabilityScore);
    }

    [Fact]
    public void Faulty_arguments_are_named()
    {
        var logits = new MaskLogits(new float[4], 2, 2, LogitFrame.Identity(new ImageSize(2, 2)));
        var broken = new MaskLogits(new float[4], 2, 2, Frame(8, 9, 8, 20, 20));

        Assert.Throws<ArgumentOutOfRangeException>("thresholdLogit", () => LogitThresholding.Cut(logits, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("stabilityOffset", () => LogitThresholding.Cut(logits, 0, -1));
        Assert.Throws<ArgumentException>("logits", () => LogitThresholding.Cut(broken));
    }

    private static LogitFrame Frame(int canvas, int usedWidth, int usedHeight, int width, int height) =>
        new(new ImageSize(canvas, canvas), new ImageSize(usedWidth, usedHeight), new ImageSize(width, height));

    private static MaskLogits Waves(int width, int height, LogitFrame frame, int seed)
    {
        var random = new Random(seed);
        var (fx, fy, phase) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
        var values = Enumerable.Range(0, width * height).Select(i => (float)((3 * Math.Sin((i % width * fx) + phase) * Math.Cos(i / width * fy)) + random.NextDouble() - 0.5));
        return new MaskLogits(values.ToArray(), width, height, frame);
    }
}
