using System.Globalization;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>What a person says about one object: clicks, a box, an earlier mask, or several of these. Original image pixels.</summary>
public sealed record Prompt
{
    /// <summary>Clicks on the object and beside it; may be empty.</summary>
    public IReadOnlyList<PromptPoint> Points { get; init; } = [];

    /// <summary>A box around the object; null means not given.</summary>
    public PixelBox? Box { get; init; }

    /// <summary>Logits of an earlier prediction for the same object on the same image; null means not given.</summary>
    public MaskLogits? MaskHint { get; init; }

    /// <summary>One click.</summary>
    /// <param name="x">Original image pixels from the left edge.</param>
    /// <param name="y">Original image pixels from the top edge.</param>
    /// <param name="isPositive">True when the position belongs to the object.</param>
    public static Prompt Point(double x, double y, bool isPositive = true) => new() { Points = [new PromptPoint(x, y, isPositive)] };

    /// <summary>A box around the object.</summary>
    /// <param name="x0">Left edge in original image pixels.</param>
    /// <param name="y0">Top edge.</param>
    /// <param name="x1">Right edge, beyond <paramref name="x0"/>.</param>
    /// <param name="y1">Bottom edge, beyond <paramref name="y0"/>.</param>
    public static Prompt InBox(double x0, double y0, double x1, double y1) => new() { Box = new PixelBox(x0, y0, x1, y1) };

    /// <summary>The same prompt with one more click.</summary>
    /// <param name="x">Original image pixels from the left edge.</param>
    /// <param name="y">Original image pixels from the top edge.</param>
    /// <param name="isPositive">True when the position belongs to the object.</param>
    public Prompt AndPoint(double x, double y, bool isPositive = true) => this with { Points = [.. Points, new PromptPoint(x, y, isPositive)] };

    /// <summary>Refuses a prompt that no segmenter could follow on an image of this size.</summary>
    /// <param name="image">The image's size.</param>
    /// <exception cref="ArgumentException">A coordinate is not a number, a point lies outside the image, or a box is empty or lies outside it.</exception>
    public void Validate(ImageSize image)
    {
        foreach (var point in Points)
        {
            if (!double.IsFinite(point.X) || !double.IsFinite(point.Y))
            {
                throw new ArgumentException($"The point ({Text(point.X)}, {Text(point.Y)}) is not a position: coordinates must be finite numbers.");
            }

            if (point.X < 0 || point.Y < 0 || point.X > image.Width || point.Y > image.Height)
            {
                throw new ArgumentException($"The point ({Text(point.X)}, {Text(point.Y)}) lies outside the image of {image}.");
            }
        }

        if (Box is { } box)
        {
            ValidateBox(box, image);
        }
    }

    private static void ValidateBox(PixelBox box, ImageSize image)
    {
        var text = $"({Text(box.X0)}, {Text(box.Y0)}, {Text(box.X1)}, {Text(box.Y1)})";
        if (!box.IsFinite)
        {
            throw new ArgumentException($"The box {text} is not a box: coordinates must be finite numbers.");
        }

        if (box.X1 <= box.X0 || box.Y1 <= box.Y0)
        {
            throw new ArgumentException($"The box {text} is empty: it must be left, top, right, bottom with left < right and top < bottom.");
        }

        if (box.X0 >= image.Width || box.Y0 >= image.Height || box.X1 <= 0 || box.Y1 <= 0)
        {
            throw new ArgumentException($"The box {text} lies outside the image of {image}.");
        }
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
