using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Tests.Segmentation;

/// <summary>Takes what is bright for the object, as it shows when the image is made so small that its longest side has so many cells.</summary>
internal sealed class SeenSegmenter(int side) : IPromptSegmenter
{
    private const float Grey = 127.5f, Contrast = 20;

    public string Name => "seen";

    public double MaskThresholdLogit { get; init; }

    public bool PrefersReadingsOfOneClick { get; init; }

    /// <summary>Sees nothing at all.</summary>
    public bool IsBlind { get; init; }

    public float Quality { get; init; } = 0.5f;

    /// <summary>The sizes of what was looked at.</summary>
    public List<ImageSize> Looks { get; } = [];

    public List<Prompt> Prompts { get; } = [];

    /// <summary>Embeddings that nobody disposed.</summary>
    public int Alive { get; private set; }

    public bool IsDisposed { get; private set; }

    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
    {
        Looks.Add(image.Size);
        Alive++;
        var scale = Math.Min(1, (double)side / image.Size.LongestSide);
        var (width, height) = (Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
        var (sums, counts) = (new double[width * height], new int[width * height]);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var cell = (y * height / image.Height * width) + (x * width / image.Width);
                sums[cell] += image.Row(y)[3 * x];
                counts[cell]++;
            }
        }

        float[] logits = [.. sums.Zip(counts, (sum, count) => IsBlind ? -1 : (float)((sum / count) - Grey) / Contrast)];
        return new Embedding(this, image.Size, new MaskLogits(logits, width, height, LogitFrame.Identity(image.Size)));
    }

    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        Prompts.AddRange(prompts);
        var count = prompts.Count * (options.Multimask ? 3 : 1);
        return new MaskPredictions(prompts.Count, count / prompts.Count, [.. Enumerable.Repeat(Quality, count)], [.. Enumerable.Repeat(((Embedding)embedding).Logits, count)]);
    }

    public void Dispose() => IsDisposed = true;

    private sealed class Embedding(SeenSegmenter owner, ImageSize size, MaskLogits logits) : ImageEmbedding(size)
    {
        public MaskLogits Logits => logits;

        protected override void Dispose(bool disposing)
        {
            owner.Alive--;
            base.Dispose(disposing);
        }
    }
}
