using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Tests.Segmentation;

/// <summary>A segmenter that answers every click with three discs around it: small, middle, large.</summary>
internal sealed class DiscSegmenter : IPromptSegmenter
{
    public string Name => "discs";

    public double MaskThresholdLogit { get; init; }

    public bool PrefersReadingsOfOneClick { get; init; } = true;

    /// <summary>The radii in logit cells.</summary>
    public double[] Radii { get; init; } = [3, 6, 12];

    /// <summary>The quality of a mask, from its point's place in the image (0 to 1) and its number.</summary>
    public Func<double, double, int, float> Quality { get; init; } = (x, y, mask) => (float)(0.9 - (0.1 * mask));

    /// <summary>Cells of the logit map.</summary>
    public int Cells { get; init; } = 64;

    public int CanvasSide { get; init; } = 256;

    public List<int> BatchSizes { get; } = [];

    public int MapsMade { get; private set; }

    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default) => new Embedding(image.Size);

    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        BatchSizes.Add(prompts.Count);
        var masks = options.Multimask ? 3 : 1;
        var quality = new float[prompts.Count * masks];
        var logits = new MaskLogits?[quality.Length];
        for (var i = 0; i < quality.Length; i++)
        {
            var point = prompts[i / masks].Points[0];
            var (x, y) = (point.X / embedding.ImageSize.Width, point.Y / embedding.ImageSize.Height);
            quality[i] = Quality(x, y, i % masks);
            logits[i] = quality[i] > options.QualityFloor ? Disc(point, embedding.ImageSize, Radii[i % masks]) : null;
        }

        return new MaskPredictions(prompts.Count, masks, quality, logits);
    }

    public void Dispose()
    {
    }

    private MaskLogits Disc(PromptPoint point, ImageSize image, double radius)
    {
        MapsMade++;
        var scale = (double)CanvasSide / image.LongestSide;
        var used = new ImageSize((int)((image.Width * scale) + 0.5), (int)((image.Height * scale) + 0.5));
        var (cx, cy) = (point.X * scale * Cells / CanvasSide, point.Y * scale * Cells / CanvasSide);
        var values = new float[Cells * Cells];
        for (var i = 0; i < values.Length; i++)
        {
            var (dx, dy) = ((i % Cells) + 0.5 - cx, (i / Cells) + 0.5 - cy);
            values[i] = (float)(MaskThresholdLogit + (8 * (radius - Math.Sqrt((dx * dx) + (dy * dy)))));
        }

        return new MaskLogits(values, Cells, Cells, new LogitFrame(new ImageSize(CanvasSide, CanvasSide), used, image));
    }

    private sealed class Embedding(ImageSize size) : ImageEmbedding(size);
}
