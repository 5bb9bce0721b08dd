using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Bsds;

/// <summary>Reads the files of the Berkeley segmentation data set: ground truth, contour hierarchies and lists of segmentations.</summary>
public static class BsdsReader
{
    /// <summary>Reads a ground truth.</summary>
    /// <param name="path">A .mat file with the variable <c>groundTruth</c>.</param>
    /// <returns>One entry an annotator.</returns>
    /// <exception cref="InvalidAnnotationException">The file is damaged or holds something else.</exception>
    public static IReadOnlyList<BsdsAnnotation> ReadGroundTruth(string path)
    {
        var cells = MatReader.Read(path, "groundTruth").Cells ?? throw new InvalidAnnotationException(path, null, "'groundTruth' is not a list of annotators");
        return [.. cells.Select(cell => new BsdsAnnotation(Labels(path, Field(path, cell, "Segmentation")), Lines(path, Field(path, cell, "Boundaries"))))];
    }

    /// <summary>Reads a hierarchy of regions.</summary>
    /// <param name="path">A .mat file with the variable <c>ucm2</c>.</param>
    /// <exception cref="InvalidAnnotationException">The file is damaged or holds something else.</exception>
    public static UltrametricContours ReadContours(string path)
    {
        var array = MatReader.Read(path, "ucm2");
        return array is { Rows: >= 3, Columns: >= 3, Numbers.Length: > 0 } && array.Rows % 2 == 1 && array.Columns % 2 == 1
            ? new UltrametricContours(new ImageSize(array.Columns / 2, array.Rows / 2), array.ByRow(value => value))
            : throw new InvalidAnnotationException(path, null, $"contours of {array.Columns} x {array.Rows} are not those of an image");
    }

    /// <summary>Reads a list of segmentations, coarse to fine or fine to coarse.</summary>
    /// <param name="path">A .mat file with the variable <c>segs</c>.</param>
    /// <exception cref="InvalidAnnotationException">The file is damaged or holds something else.</exception>
    public static IReadOnlyList<LabelMap> ReadSegmentations(string path)
    {
        var cells = MatReader.Read(path, "segs").Cells ?? throw new InvalidAnnotationException(path, null, "'segs' is not a list of segmentations");
        return [.. cells.Select(cell => Labels(path, cell))];
    }

    private static MatArray Field(string path, MatArray record, string name) =>
        record.Fields?.GetValueOrDefault(name) ?? throw new InvalidAnnotationException(path, null, $"an annotator has no '{name}'");

    private static LabelMap Labels(string path, MatArray array) => new(Size(path, array), array.ByRow(value => (int)value));

    private static BinaryMask Lines(string path, MatArray array)
    {
        var size = Size(path, array);
        var mask = new BinaryMask(size);
        for (var i = 0; i < array.Numbers.Length; i++)
        {
            mask[i / size.Height, i % size.Height] = array.Numbers[i] != 0;
        }

        return mask;
    }

    private static ImageSize Size(string path, MatArray array) => array.Numbers.Length > 0
        ? new ImageSize(array.Columns, array.Rows)
        : throw new InvalidAnnotationException(path, null, "a segmentation is not a matrix of numbers");
}
