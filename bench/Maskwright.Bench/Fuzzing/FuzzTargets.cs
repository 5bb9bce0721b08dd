using Maskwright.Formats.Bsds;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Npy;
using Maskwright.Graphs.Weights;

namespace Maskwright.Bench.Fuzzing;

/// <summary>Every reader of the house, those of the registry of data set formats found there.</summary>
internal static class FuzzTargets
{
    private const int LargestCorpusFile = 1 << 18;
    private static readonly ImageReadOptions _limits = new() { MaxPixels = 1 << 22 };
    private static readonly string[] _imageExtensions = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".avif", ".heic"];

    /// <summary>Makes the targets.</summary>
    /// <param name="corpus">A folder with more inputs; null for none.</param>
    /// <param name="only">Keeps readers whose name holds this.</param>
    public static IReadOnlyList<FuzzTarget> All(string? corpus, string? only)
    {
        var files = corpus is null ? [] : Directory.EnumerateFiles(corpus, "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length is > 0 and <= LargestCorpusFile).Order(StringComparer.Ordinal).Select(path => (Path: path, Seed: Seed(path))).ToList();
        IEnumerable<FuzzSeed> With(params string[] extensions) => files.Where(file => extensions.Contains(Path.GetExtension(file.Path).ToLowerInvariant())).Select(file => file.Seed);
        var coco = FuzzSamples.Dataset("coco") is { } sample ? [sample] : Array.Empty<FuzzSeed>();
        FuzzTarget[] targets =
        [
            new("image", (path, _) => ImageReader.Read(path, _limits), [.. FuzzSamples.Images(), .. With(_imageExtensions)]),
            new("image-info", (path, _) => ImageReader.Identify(path), [.. FuzzSamples.Images(), .. With(_imageExtensions)]),
            new("mask-image", (path, _) => MaskImageReader.ReadMask(path, null, _limits), [.. FuzzSamples.Images(), .. With(_imageExtensions)]),
            new("label-image", (path, _) => MaskImageReader.ReadLabels(path, _limits), [.. FuzzSamples.Images(), .. With(_imageExtensions)]),
            new("npy", (path, _) => NpyReader.Read(path), [.. FuzzSamples.Arrays(), .. With(".npy")]),
            new("weights", (path, _) => ReadWeights(path), [.. FuzzSamples.Weights(), .. With(".safetensors", ".pth", ".pt")]),
            new("coco-detections", (path, _) => CocoReader.ReadInstances(path), [.. coco, .. With(".json")]),
            new("bsds-truth", (path, _) => BsdsReader.ReadGroundTruth(path), [.. With(".mat")]),
            new("bsds-contours", (path, _) => BsdsReader.ReadContours(path), [.. With(".mat")]),
            .. DatasetFormats.Readers.Select(reader => new FuzzTarget(
                "dataset-" + reader.FormatName,
                (path, images) => ReadDataset(reader, path, images),
                [.. FuzzSamples.Dataset(reader.FormatName) is { } own ? [own] : Array.Empty<FuzzSeed>(), .. files.Where(file => reader.Recognises(file.Path)).Select(file => file.Seed)])),
        ];
        return [.. targets.Where(target => target.Seeds.Count > 0 && (only is null || target.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))];
    }

    private static FuzzSeed Seed(string path) => FuzzSeed.Of(Path.GetFileName(path), File.ReadAllBytes(path));

    private static void ReadWeights(string path)
    {
        using var file = WeightFile.Open(path);
        foreach (var tensor in file.Values)
        {
            tensor.ToFloat32();
        }
    }

    // Shapes say by an ArgumentException when they cannot be filled: documented, and nothing that a reader could know.
    private static void ReadDataset(IDatasetReader reader, string path, string images)
    {
        reader.Recognises(path);
        foreach (var image in reader.Open(path, new DatasetReadOptions { ImageFolder = images }).Images)
        {
            foreach (var item in image.Objects.Where(_ => image.Size.PixelCount <= 1 << 24))
            {
                try
                {
                    item.Shape.ToMask(image.Size);
                }
                catch (ArgumentException)
                {
                }
            }
        }
    }
}
