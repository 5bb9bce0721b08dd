using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>One image that is a mask, or a map of labels; it is written back as what it was, with the numbers that it had.</summary>
internal sealed class MaskImage
{
    private const int White = 255;
    private readonly int[] _values;
    private readonly bool _isMask;
    private readonly bool _isTiff;

    private MaskImage(Geometry.ImageSize size, IReadOnlyDictionary<int, RunLengthMask> masks, bool isMask, bool isTiff)
    {
        (Size, _isMask, _isTiff, _values) = (size, isMask, isTiff, [.. masks.Keys]);
        Masks = [.. masks.Values.Select((mask, i) => new StepMask(mask, i))];
    }

    public Geometry.ImageSize Size { get; }

    public IReadOnlyList<StepMask> Masks { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A mask or label image.</param>
    /// <param name="readAs"><c>mask</c>, <c>labels</c>, or <c>auto</c>: a mask where there is one value beside 0, or where the format is lossy.</param>
    /// <param name="cancellationToken">Looked at while decoding.</param>
    public static MaskImage Read(string path, string readAs, CancellationToken cancellationToken)
    {
        var isTiff = Path.GetExtension(path) is var extension && (extension.StartsWith(".tif", StringComparison.OrdinalIgnoreCase));
        if (readAs == "mask" || (readAs == "auto" && IsLossy(path)))
        {
            var mask = RunLengthMask.FromMask(MaskImageReader.ReadMask(path, cancellationToken: cancellationToken));
            return new MaskImage(mask.Size, new Dictionary<int, RunLengthMask> { [White] = mask }, isMask: true, isTiff);
        }

        var labels = MaskImageReader.ReadLabels(path, cancellationToken: cancellationToken);
        var masks = LabelRuns.Of(labels);
        return new MaskImage(labels.Size, masks, isMask: readAs == "auto" && masks.Count <= 1, isTiff);
    }

    private string Extension => _isTiff ? ".tif" : ".png";

    /// <summary>How the file will be called.</summary>
    /// <param name="name">The result's name without an extension.</param>
    public string FileName(string name) => name.EndsWith(Extension, StringComparison.Ordinal) ? name : name + Extension;

    /// <summary>Names a mask for people.</summary>
    public string NameOf(int source) => _isMask ? "the mask" : $"label {_values[source]}";

    /// <summary>Writes masks over one another, small ones on top.</summary>
    /// <param name="masks">The masks.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UnsupportedFormatException">A PNG cannot hold so large a number.</exception>
    public void Write(IReadOnlyList<StepMask> masks, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // a file has a folder
        var labels = LabelNumbers.Paint(Size, masks, _values, _isMask);
        if (_isTiff)
        {
            LabelTiff.Write(labels, path);
            return;
        }

        var largest = 0;
        foreach (var label in labels.Labels)
        {
            largest = Math.Max(largest, label);
        }

        if (largest > ushort.MaxValue)
        {
            throw new UnsupportedFormatException(path, $"a PNG holds labels up to {ushort.MaxValue}, but there is {largest}; take a TIFF, or another form with --format");
        }

        ImageWriter.WritePng(labels, path);
    }

    private static bool IsLossy(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".JPE" or ".JFIF" or ".WEBP" or ".AVIF" or ".HEIC" or ".HEIF" or ".HIF";
}
