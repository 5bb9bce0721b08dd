using Maskwright.Formats.Bsds;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Evaluation.Bsds;

/// <summary>The regions and boundaries that several people drew on one image.</summary>
/// <param name="Name">The image's name, without folder and ending.</param>
/// <param name="ImagePath">The image; null when it is not known.</param>
/// <param name="Read">Reads what each annotator drew; at least one.</param>
internal sealed record BerkeleyTruth(string Name, string? ImagePath, Func<IReadOnlyList<BsdsAnnotation>> Read)
{
    private static readonly string[] s_endings = [".mat"];

    /// <summary>Finds the images of a ground truth.</summary>
    /// <param name="path">A folder of BSDS's .mat files, or a table of images whose labels are regions.</param>
    /// <exception cref="IOException">The table cannot be read.</exception>
    /// <exception cref="ToolException">There is none.</exception>
    public static IReadOnlyList<BerkeleyTruth> Find(string path)
    {
        List<BerkeleyTruth> found = Directory.Exists(path)
            ? [.. Files.FilePairing.Listing(path, s_endings).Select(file => new BerkeleyTruth(file.Key, null, () => BsdsReader.ReadGroundTruth(file.Value)))]
            : [.. LabelledImageTable.Read(path).Where(row => row.Kind == LabelKind.Regions).Select(row => new BerkeleyTruth(Path.GetFileNameWithoutExtension(row.ImagePath), row.ImagePath, () => FromLabels(row)))];
        return found.Count > 0 ? found : throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: holds no ground truth: neither .mat files, nor images with labels of the kind 'regions'");
    }

    private static List<BsdsAnnotation> FromLabels(LabelledImage row) => [.. row.LabelPaths.Select(path =>
    {
        var labels = MaskImageReader.ReadLabels(path);
        var regions = new LabelMap(labels.Size, [.. labels.Labels.ToArray().Select(label => label + 1)]); // 0 is a region here, but no region in a list of segmentations
        return new BsdsAnnotation(regions, BoundaryBenchmark.BoundariesOf(labels));
    })];
}
