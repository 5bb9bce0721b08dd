using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Metrics;

/// <summary>A hierarchy of regions as the strength of the contours between them, on a grid of twice the image's size and one more.</summary>
/// <remarks>Arbelaez et al. 2011 (<c>ucm2</c>): pixel (x, y) stands at (2x + 1, 2y + 1), contours between.</remarks>
public sealed class UltrametricContours
{
    private readonly ImageSize _grid;
    private readonly double[] _strengths;

    /// <summary>Wraps strengths without copying them.</summary>
    /// <param name="image">The image's size.</param>
    /// <param name="strengths">[2H+1,2W+1] strengths in [0,1], row by row.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public UltrametricContours(ImageSize image, double[] strengths)
    {
        ArgumentNullException.ThrowIfNull(strengths);
        ImageSize = image;
        _grid = new ImageSize((2 * image.Width) + 1, (2 * image.Height) + 1);
        _strengths = strengths.LongLength == _grid.PixelCount
            ? strengths
            : throw new ArgumentException($"Contours of an image of {image} are {_grid.PixelCount} numbers, not {strengths.LongLength}.", nameof(strengths));
    }

    /// <summary>The image's size.</summary>
    public ImageSize ImageSize { get; }

    /// <summary>The contours of at least some strength, at the image's size.</summary>
    /// <param name="threshold">The least strength.</param>
    public BinaryMask Boundaries(double threshold)
    {
        var mask = new BinaryMask(ImageSize);
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                mask[x, y] = _strengths[((long)((2 * y) + 2) * _grid.Width) + (2 * x) + 2] >= threshold;
            }
        }

        return mask;
    }

    /// <summary>The regions that remain when contours up to a strength are removed.</summary>
    /// <param name="threshold">The largest strength to remove.</param>
    /// <returns>Labels from 1; 0 where a contour lies on a pixel.</returns>
    public LabelMap Regions(double threshold)
    {
        var open = new BinaryMask(_grid);
        for (var y = 0; y < _grid.Height; y++)
        {
            for (var x = 0; x < _grid.Width; x++)
            {
                open[x, y] = _strengths[((long)y * _grid.Width) + x] <= threshold;
            }
        }

        var all = ConnectedComponents.Of(open).ToLabelMap();
        var labels = new LabelMap(ImageSize, new int[ImageSize.PixelCount]);
        for (var y = 0; y < ImageSize.Height; y++)
        {
            for (var x = 0; x < ImageSize.Width; x++)
            {
                labels.Row(y)[x] = all.Row((2 * y) + 1)[(2 * x) + 1];
            }
        }

        return labels;
    }
}
