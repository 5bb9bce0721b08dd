using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>A mask as it was found on a part of an image.</summary>
/// <param name="Part">The part, in original image pixels.</param>
/// <param name="Side">The longest side at which the part was looked at.</param>
/// <param name="Logits">On the part.</param>
/// <param name="Quality">The predicted IoU.</param>
internal sealed record Look(PixelRect Part, int Side, MaskLogits Logits, float Quality)
{
    // As sure as logits commonly are, for what lies outside the part that was looked at.
    private const float Outside = -10;

    // Maps of whole images have two cells for one of what was looked at, but none of fewer pixels, and no more along a side.
    private const int FinestPixels = 2, MostCells = 4096;

    /// <summary>The box of the mask's cells in original image pixels; null for an empty mask.</summary>
    /// <param name="threshold">Where logits are cut.</param>
    public PixelBox? Extent(double threshold)
    {
        var (left, top, right, bottom) = (Logits.Width, Logits.Height, -1, -1);
        for (var row = 0; row < Logits.Height; row++)
        {
            var values = Logits.Values.Span.Slice(row * Logits.Width, Logits.Width);
            for (var column = 0; column < values.Length; column++)
            {
                if (values[column] > threshold)
                {
                    (left, right) = (Math.Min(left, column), Math.Max(right, column));
                    (top, bottom) = (Math.Min(top, row), row);
                }
            }
        }

        return right < 0 ? null : new PixelBox(Part.X + X(left), Part.Y + Y(top), Part.X + Math.Min(X(right + 1), Part.Width), Part.Y + Math.Min(Y(bottom + 1), Part.Height));
    }

    /// <summary>The logit at a position in original image pixels.</summary>
    public float At(double x, double y) =>
        x >= Part.X && y >= Part.Y && x <= Part.Right && y <= Part.Bottom ? Logits.At(x - Part.X, y - Part.Y) : Outside;

    /// <summary>What is known of another part of the image, to be the hint of a look at it.</summary>
    /// <param name="part">In original image pixels.</param>
    /// <param name="side">How many cells the hint's longest side has.</param>
    public MaskLogits On(PixelRect part, int side)
    {
        var scale = Math.Min(1, (double)side / part.Size.LongestSide);
        return Sample(part, Math.Max(1, (int)(part.Width * scale)), Math.Max(1, (int)(part.Height * scale)));
    }

    /// <summary>The mask on the whole image, about as finely as it was found.</summary>
    /// <param name="image">The image's size.</param>
    public MaskLogits OnWhole(ImageSize image)
    {
        var cell = Math.Max(FinestPixels, Math.Max(X(1), Y(1)) / 2);
        cell = Math.Max(cell, (double)image.LongestSide / MostCells);
        return Sample(image.Bounds, (int)Math.Ceiling(image.Width / cell), (int)Math.Ceiling(image.Height / cell));
    }

    private MaskLogits Sample(PixelRect part, int width, int height)
    {
        var values = new float[width * height];
        var (across, down) = ((double)part.Width / width, (double)part.Height / height);
        Array.Fill(values, Outside);
        for (var row = First(Part.Y - part.Y, down); row < height && part.Y + ((row + 0.5) * down) <= Part.Bottom; row++)
        {
            for (var column = First(Part.X - part.X, across); column < width && part.X + ((column + 0.5) * across) <= Part.Right; column++)
            {
                values[(row * width) + column] = At(part.X + ((column + 0.5) * across), part.Y + ((row + 0.5) * down));
            }
        }

        return new MaskLogits(values, width, height, LogitFrame.Identity(part.Size));
    }

    private static int First(int offset, double cell) => Math.Max(0, (int)Math.Floor(offset / cell));

    private double X(int column) => (double)column / Logits.Width * Logits.Frame.CanvasSize.Width / Logits.Frame.UsedSize.Width * Part.Width;

    private double Y(int row) => (double)row / Logits.Height * Logits.Frame.CanvasSize.Height / Logits.Frame.UsedSize.Height * Part.Height;
}
