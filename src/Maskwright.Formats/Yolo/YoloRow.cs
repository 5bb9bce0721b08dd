using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Yolo;

/// <summary>One line of a label file.</summary>
internal sealed record YoloRow(int Class, ObjectShape Shape, double? Score)
{
    /// <summary>The word that marks a row of run lengths.</summary>
    public const string RunLengths = "rle";

    private const double FarthestFraction = 16; // of the image's side; more can only be pixels

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, not blank.</param>
    /// <param name="size">The image's size; null when there is no image, and then only rows of run lengths can be read.</param>
    /// <exception cref="FormatException">The line is no such row.</exception>
    public static YoloRow Parse(string line, ImageSize? size)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!int.TryParse(words[0].EndsWith(".0", StringComparison.Ordinal) ? words[0][..^2] : words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new FormatException($"'{Shown(words[0])}' is not the number of a class");
        }

        if (words.Length > 1 && words[1] == RunLengths)
        {
            return new YoloRow(number, Mask(words, size), words.Length == 6 ? Number(words[5]) : null);
        }

        var values = Array.ConvertAll(words[1..], Number);
        var score = values.Length % 2 == 1 ? values[^1] : (double?)null;
        var xy = score is null ? values : values[..^1];
        var frame = size ?? throw new FormatException("the image is missing, whose size is needed");
        return new YoloRow(number, xy.Length == 4 ? Box(xy, frame) : Polygon(xy, frame), score);
    }

    /// <summary>The size that a row of run lengths states; null for other rows.</summary>
    public static ImageSize? StatedSize(string line)
    {
        var words = line.Split((char[]?)null, 5, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 5 && words[1] == RunLengths ? Size(words) : null;
    }

    private static MaskShape Mask(string[] words, ImageSize? size)
    {
        if (words.Length is not (5 or 6))
        {
            throw new FormatException($"a row of run lengths has a class, '{RunLengths}', height, width and counts, not {words.Length} words");
        }

        var own = Size(words);
        return size is { } frame && own != frame
            ? throw new FormatException($"the run lengths are for {own}, but the image is {frame}")
            : new MaskShape(RunLengthMask.FromCocoString(own, words[4]));
    }

    private static ImageSize Size(string[] words) =>
        int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var height) && int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        && height > 0 && width > 0 && (long)height * width <= int.MaxValue
            ? new ImageSize(width, height)
            : throw new FormatException($"'{Shown(words[2])} {Shown(words[3])}' is not the height and width of an image");

    private static BoxShape Box(double[] values, ImageSize size)
    {
        var (width, height) = (values[2] * size.Width, values[3] * size.Height);
        return width >= 0 && height >= 0
            ? new BoxShape(new ObjectBox(
                Rounding.Cleaned((values[0] * size.Width) - (width / 2)), Rounding.Cleaned((values[1] * size.Height) - (height / 2)), Rounding.Cleaned(width), Rounding.Cleaned(height)))
            : throw new FormatException("the box has a negative side");
    }

    private static PolygonShape Polygon(double[] values, ImageSize size)
    {
        var ring = new PixelPoint[values.Length / 2];
        for (var i = 0; i < ring.Length; i++)
        {
            ring[i] = new PixelPoint(Rounding.Cleaned(values[2 * i] * size.Width), Rounding.Cleaned(values[(2 * i) + 1] * size.Height));
        }

        return new PolygonShape([new PolygonPart(RingChecks.Checked(ring, reason => new FormatException(reason)))]);
    }

    private static double Number(string word) =>
        !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) ? throw new FormatException($"'{Shown(word)}' is not a finite number")
        : Math.Abs(value) <= FarthestFraction ? value
        : throw new FormatException($"{Shown(word)} is no fraction of the image's side; coordinates are divided by width and height");

    private static string Shown(string word) => word.Length > 40 ? word[..40] + "…" : word;
}
