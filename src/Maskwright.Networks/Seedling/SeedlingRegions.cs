using System.Runtime.InteropServices;
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
        var told = new float[prompts.Count * SeedlingConfig.RegionAnswers * cells.PixelCount];
        Parallel.For(0, prompts.Count, p => Answer(prompts[p], cells, told.AsSpan((int)(p * SeedlingConfig.RegionAnswers * cells.PixelCount))));
        return told;
    }

    /// <summary>The regions that look like objects by themselves, best first, near-duplicates once; found as they are taken.</summary>
    internal IEnumerable<RegionCandidate> Objects() => EverythingSelection.Distinct(_embedding.Value, s_options);

    /// <summary>Of every cell of a map over the whole image, whether its middle lies in a region.</summary>
    internal bool[] CellsOf(RegionCandidate region, ImageSize cells)
    {
        int[] columns = Places(cells.Width, 1, _small.Width), rows = Places(cells.Height, 1, _small.Height);
        var labels = _embedding.Value.Graph.Labels;
        return [.. rows.SelectMany(row => columns.Select(column => region.Leaves.Contains(labels[(row * _small.Width) + column])))];
    }

    /// <summary>The finest regions at the size of the image, from which masks are drawn.</summary>
    /// <param name="image">The image that was taken apart.</param>
    internal ColumnRuns RunsOn(RgbImage image) => LabelEnlargement.Enlarge(_embedding.Value.Graph.Labels, _embedding.Value.Image, image, CancellationToken.None);

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

        foreach (var (reading, (quality, mask)) in new PromptSolver(_embedding.Value, Scaled(prompt)).SolvePixels(SeedlingConfig.RegionAnswers).Index())
        {
            Tell(mask, Math.Max(0, quality), cells, told[(int)(reading * cells.PixelCount)..]);
        }
    }

    private void Tell(bool[] mask, float quality, ImageSize cells, Span<float> told)
    {
        int[] columns = Places(cells.Width, Looks, _small.Width), rows = Places(cells.Height, Looks, _small.Height);
        var inside = new int[cells.Width];
        for (var y = 0; y < cells.Height; y++)
        {
            Array.Clear(inside);
            foreach (var row in rows.AsSpan(y * Looks, Looks))
            {
                Count(MemoryMarshal.AsBytes(mask.AsSpan(row * _small.Width, _small.Width)), columns, inside);
            }

            for (var x = 0; x < cells.Width; x++)
            {
                told[(y * cells.Width) + x] = ((2f * inside[x] / (Looks * Looks)) - 1) * quality;
            }
        }
    }

    // Adds to each cell how many of its places in a row of pixels, 0 or 1 each, are 1.
    private static void Count(ReadOnlySpan<byte> pixels, int[] columns, Span<int> inside)
    {
        for (int x = 0, look = 0; x < inside.Length; x++)
        {
            for (var last = look + Looks; look < last; look++)
            {
                inside[x] += pixels[columns[look]];
            }
        }
    }

    // The pixels under evenly spread places along one side.
    private static int[] Places(int cells, int looks, int pixels) =>
        [.. Enumerable.Range(0, cells * looks).Select(i => Math.Min(pixels - 1, (int)((i + 0.5) * pixels / (cells * looks))))];

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
