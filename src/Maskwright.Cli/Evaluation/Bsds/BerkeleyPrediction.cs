using Maskwright.Cli.Evaluation.Files;
using Maskwright.Formats.Bsds;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Bsds;

/// <summary>Found boundaries or regions of one image, at a number of thresholds.</summary>
/// <remarks>A .mat file holds a contour hierarchy (<c>ucm2</c>) or a list of segmentations (<c>segs</c>); an image is a strength of boundaries, or a map of regions.</remarks>
internal sealed class BerkeleyPrediction
{
    private readonly string _path;
    private readonly UltrametricContours? _contours;
    private readonly IReadOnlyList<LabelMap> _segmentations = [];
    private readonly (int Width, int[] Strengths, double Highest)? _strengths;

    private BerkeleyPrediction(string path, UltrametricContours? contours, IReadOnlyList<LabelMap> segmentations, LabelMap? image)
    {
        (_path, _contours, _segmentations) = (path, contours, segmentations);
        _strengths = image is null ? null : (image.Size.Width, image.Labels.ToArray(), image.Labels.ToArray().Max() > byte.MaxValue ? ushort.MaxValue : byte.MaxValue);
    }

    /// <summary>The endings of files that can hold predictions.</summary>
    public static string[] Endings { get; } = [".mat", .. FilePairing.Images];

    /// <summary>The segmentations' own number; null where there are as many thresholds as one likes.</summary>
    public int? OwnCount => _segmentations.Count > 0 ? _segmentations.Count : null;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wantsRegions">Whether an image is a map of regions rather than a strength of boundaries.</param>
    /// <exception cref="IOException">It cannot be read, or holds something else.</exception>
    public static BerkeleyPrediction Read(string path, bool wantsRegions)
    {
        if (!Path.GetExtension(path).Equals(".mat", StringComparison.OrdinalIgnoreCase))
        {
            var image = MaskImageReader.ReadLabels(path);
            return wantsRegions
                ? new BerkeleyPrediction(path, null, [new LabelMap(image.Size, [.. image.Labels.ToArray().Select(label => label + 1)])], null)
                : new BerkeleyPrediction(path, null, [], image);
        }

        try
        {
            return new BerkeleyPrediction(path, null, BsdsReader.ReadSegmentations(path), null);
        }
        catch (InvalidAnnotationException)
        {
            return new BerkeleyPrediction(path, BsdsReader.ReadContours(path), [], null); // whose own fault is told
        }
    }

    /// <summary>The boundaries at each threshold.</summary>
    public IReadOnlyList<BinaryMask> Boundaries(IReadOnlyList<double> thresholds) => _contours is { } contours ? [.. thresholds.Select(contours.Boundaries)]
        : _strengths is { } image ? [.. thresholds.Select(threshold => AtLeast(image, threshold))]
        : [.. Checked(thresholds).Select(BoundaryBenchmark.BoundariesOf)];

    /// <summary>The regions at each threshold.</summary>
    public IReadOnlyList<LabelMap> Regions(IReadOnlyList<double> thresholds) => _contours is { } contours ? [.. thresholds.Select(contours.Regions)] : Checked(thresholds);

    private static BinaryMask AtLeast((int Width, int[] Strengths, double Highest) image, double threshold)
    {
        var mask = new BinaryMask(image.Width, image.Strengths.Length / image.Width);
        for (var i = 0; i < image.Strengths.Length; i++)
        {
            mask[i % image.Width, i / image.Width] = image.Strengths[i] / image.Highest >= threshold;
        }

        return mask;
    }

    private IReadOnlyList<LabelMap> Checked(IReadOnlyList<double> thresholds) => _segmentations.Count == thresholds.Count
        ? _segmentations
        : throw new InvalidAnnotationException(_path, null, $"holds {_segmentations.Count} segmentations, but other images have {thresholds.Count}");
}
