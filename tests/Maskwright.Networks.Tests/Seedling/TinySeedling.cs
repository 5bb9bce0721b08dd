using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Networks.Seedling;

namespace Maskwright.Networks.Tests.Seedling;

/// <summary>A Seedling of few channels as it is before training, and pictures that it understands even so.</summary>
internal static class TinySeedling
{
    public static SeedlingConfig Config { get; } = new()
    {
        Name = "tiny-seedling",
        WorkingSide = 128,
        StemChannels = 8,
        Stages = [new(8, 1), new(12, 1), new(16, 1), new(16, 1)],
        ContextHeads = 2,
        Fine = new(Neck: 8, Features: 8, Heads: 2, HeadWidth: 4),
        Middle = new(Neck: 12, Features: 12, Heads: 2, HeadWidth: 4),
        Coarse = new(Neck: 16, Features: 16, Heads: 2, HeadWidth: 8),
        Walls = 2,
        QualityWidth = 16,
    };

    private static readonly Lazy<WeightFile> s_weights = new(() => SeedlingInitialisation.Create(Config, seed: 7));

    public static WeightFile Weights => s_weights.Value;

    public static SeedlingSegmenter Segmenter() => SeedlingSegmenter.Create(Config, Weights);

    /// <summary>A bright square on a dark ground, in the left upper quarter.</summary>
    public static RgbImage Square(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var isSquare = i % width > width / 8 && i % width < width / 2 && i / width > height / 8 && i / width < height / 2;
            pixels.AsSpan(3 * i, 3).Fill(isSquare ? (byte)230 : (byte)(20 + (i % 7)));
        }

        return new RgbImage(width, height, pixels);
    }
}
