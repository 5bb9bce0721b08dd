using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Classic;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>What the hierarchy of an image's regions answers to prompts, as Seedling's decoder is told it.</summary>
/// <remarks>
/// <see cref="ClassicSegmenter"/> needs no learning to know which pixels belong together; the network learns when to believe it. Only clicks and boxes are
/// asked about: an earlier mask reaches the decoder by itself. Safe for use by several threads.
/// </remarks>
public sealed class SeedlingRegions : IDisposable
{
    // The longest side at which regions are found, and at how many pixels from an outline a reading is sure of itself.
    private const int WorkingSide = 384;
    private const float SureDepth = 3;

    private static readonly ClassicSegmenter s_classic = new(new ClassicOptions { WorkingSide = WorkingSide });
    private static readonly PredictionOptions s_wanted = new() { Multimask = true, QualityFloor = 0 };

    private readonly ImageSize _image;
    private readonly RgbImage _small;
    private readonly Lazy<ImageEmbedding> _embedding;

    private SeedlingRegions(ImageSize image, RgbImage small)
    {
        (_image, _small) = (image, small);
        _embedding = new Lazy<ImageEmbedding>(() => s_classic.Encode(_small));
    }

    /// <summary>Takes an image apart.</summary>
    /// <param name="image">Of any size.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The caller disposes it.</returns>
    public static SeedlingRegions Of(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var working = WorkingImage.From(image, WorkingSide);
        var regions = new SeedlingRegions(image.Size, new RgbImage(working.Width, working.Height, working.Rgb));
        cancellationToken.ThrowIfCancellationRequested();
        _ = regions._embedding.Value;
        return regions;
    }

    /// <summary>Asks about every prompt.</summary>
    /// <param name="prompts">P prompts in original image pixels; valid on the image.</param>
    /// <param name="cells">The size of a map over the whole image, w and h.</param>
    /// <returns>
    /// [P,R,h,w], readings from small to large: the predicted IoU where a reading is surely inside, its negative where surely outside, smaller numbers near outlines;
    /// all 0 where there is no such reading, or the prompt holds neither a click on the object nor a box.
    /// </returns>
    public float[] Answer(IReadOnlyList<Prompt> prompts, ImageSize cells)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        var told = new float[prompts.Count * SeedlingConfig.Readings * cells.PixelCount];
        Parallel.For(0, prompts.Count, p => Answer(prompts[p], cells, told.AsSpan((int)(p * SeedlingConfig.Readings * cells.PixelCount))));
        return told;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_embedding.IsValueCreated)
        {
            _embedding.Value.Dispose();
        }
    }

    /// <summary>What <see cref="FromTensor"/> needs.</summary>
    internal Tensor ToTensor() => Tensor.Of([.. _small.Pixels.ToArray().Select(value => (float)value)], _small.Height, _small.Width, 3);

    /// <summary>The regions of an image that was looked at before; they are found again when they are needed.</summary>
    /// <returns>Null when the tensor holds no such image.</returns>
    internal static SeedlingRegions? FromTensor(ImageSize image, Tensor pixels) =>
        pixels.Shape is [> 0 and <= WorkingSide, > 0 and <= WorkingSide, 3] && pixels.Floats.All(value => value is >= 0 and <= 255)
            ? new SeedlingRegions(image, new RgbImage((int)pixels.Shape[1], (int)pixels.Shape[0], [.. pixels.Floats.Select(value => (byte)value)]))
            : null;

    private void Answer(Prompt prompt, ImageSize cells, Span<float> told)
    {
        if (prompt.Box is null && !prompt.Points.Any(point => point.IsPositive))
        {
            return;
        }

        var answer = s_classic.Predict(_embedding.Value, [Scaled(prompt)], s_wanted);
        var frame = LogitFrame.Identity(_small.Size);
        for (var reading = 0; reading < SeedlingConfig.Readings; reading++)
        {
            var quality = answer.Quality(0, reading);
            if (quality > 0)
            {
                Tell(MaskHintSampling.ToMap(answer.Logits(0, reading), frame, cells.Width, cells.Height), quality, told[(int)(reading * cells.PixelCount)..]);
            }
        }
    }

    private static void Tell(float[] logits, float quality, Span<float> told)
    {
        for (var i = 0; i < logits.Length; i++)
        {
            told[i] = Math.Clamp(logits[i] / SureDepth, -1, 1) * quality;
        }
    }

    private Prompt Scaled(Prompt prompt)
    {
        double across = (double)_small.Width / _image.Width, down = (double)_small.Height / _image.Height;
        return new Prompt
        {
            Points = [.. prompt.Points.Select(point => new PromptPoint(point.X * across, point.Y * down, point.IsPositive))],
            Box = prompt.Box is { } box ? new PixelBox(box.X0 * across, box.Y0 * down, box.X1 * across, box.Y1 * down) : null,
        };
    }
}
