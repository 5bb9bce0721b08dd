using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Images;
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
    // The longest side at which regions are found, and the places across and down at which a cell is looked at.
    private const int WorkingSide = 384;
    private const int Looks = 3;

    private static readonly ClassicOptions s_options = new() { WorkingSide = WorkingSide };

    private readonly ImageSize _image;
    private readonly RgbImage _small;
    private readonly Lazy<ClassicEmbedding> _embedding;

    private SeedlingRegions(ImageSize image, RgbImage small, Lazy<ClassicEmbedding> embedding) => (_image, _small, _embedding) = (image, small, embedding);

    /// <summary>Takes an image apart.</summary>
    /// <param name="image">Of any size.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The caller disposes it.</returns>
    public static SeedlingRegions Of(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var working = WorkingImage.From(image, WorkingSide);
        var small = new RgbImage(working.Width, working.Height, working.Rgb);
        return new SeedlingRegions(image.Size, small, new Lazy<ClassicEmbedding>(ClassicEmbedding.Of(small, s_options, cancellationToken)));
    }

    /// <summary>Asks about every prompt.</summary>
    /// <param name="prompts">P prompts in original image pixels; valid on the image.</param>
    /// <param name="cells">The size of a map over the whole image, w and h.</param>
    /// <returns>
    /// [P,R,h,w], readings from small to large: the predicted IoU where a cell lies inside, its negative where outside, between them where an outline cuts it;
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
    internal static SeedlingRegions? FromTensor(ImageSize image, Tensor pixels)
    {
        if (pixels.Shape is not [> 0 and <= WorkingSide, > 0 and <= WorkingSide, 3] || !pixels.Floats.All(value => value is >= 0 and <= 255))
        {
            return null;
        }

        var small = new RgbImage((int)pixels.Shape[1], (int)pixels.Shape[0], [.. pixels.Floats.Select(value => (byte)value)]);
        return new SeedlingRegions(image, small, new Lazy<ClassicEmbedding>(() => ClassicEmbedding.Of(small, s_options, CancellationToken.None)));
    }

    private void Answer(Prompt prompt, ImageSize cells, Span<float> told)
    {
        if (prompt.Box is null && !prompt.Points.Any(point => point.IsPositive))
        {
            return;
        }

        foreach (var (reading, (quality, mask)) in new PromptSolver(_embedding.Value, Scaled(prompt)).SolvePixels(SeedlingConfig.Readings).Index())
        {
            Tell(mask, Math.Max(0, quality), cells, told[(int)(reading * cells.PixelCount)..]);
        }
    }

    private void Tell(bool[] mask, float quality, ImageSize cells, Span<float> told)
    {
        int[] columns = Places(cells.Width, _small.Width), rows = Places(cells.Height, _small.Height);
        for (int y = 0, cell = 0; y < cells.Height; y++)
        {
            for (var x = 0; x < cells.Width; x++, cell++)
            {
                var inside = 0;
                for (var look = 0; look < Looks * Looks; look++)
                {
                    inside += mask[(rows[(y * Looks) + (look / Looks)] * _small.Width) + columns[(x * Looks) + (look % Looks)]] ? 1 : 0;
                }

                told[cell] = ((2f * inside / (Looks * Looks)) - 1) * quality;
            }
        }
    }

    // The pixels under evenly spread places along one side.
    private static int[] Places(int cells, int pixels) =>
        [.. Enumerable.Range(0, cells * Looks).Select(i => Math.Min(pixels - 1, (int)((i + 0.5) * pixels / (cells * Looks))))];

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
