using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Formats;

/// <summary>The masks of one image on their way into files.</summary>
public sealed record MaskWriteRequest
{
    private readonly string? _stem;

    /// <summary>The image that the masks lie on, upright.</summary>
    public required RgbImage Image { get; init; }

    /// <summary>The file that the image came from, as it shall stand in annotations (its last part only); need not exist.</summary>
    public required string ImagePath { get; init; }

    /// <summary>The masks, in the order in which they are numbered; all at the image's size; may be empty.</summary>
    public required IReadOnlyList<MaskProposal> Proposals { get; init; }

    /// <summary>The folder for the results; made when it is missing.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The exact file or folder to write; null lets the writer name it after the image inside <see cref="OutputFolder"/>.</summary>
    /// <remarks>A format with one file a mask puts the mask's number before the extension when there are several masks.</remarks>
    public string? OutputPath { get; init; }

    /// <summary>What the user asked for, to be drawn by formats that show pictures; may be empty.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];

    /// <summary>How sure the model is of each class at every pixel, for the format that writes it; null where nobody asked.</summary>
    public ClassProbabilities? Probabilities { get; init; }

    /// <summary>Whether an earlier result at the same place is replaced; otherwise it is an error.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>The name that results are built from; by default the image's file name without its last extension.</summary>
    public string Stem
    {
        get => _stem ?? StemOf(ImagePath);
        init => _stem = value;
    }

    /// <summary>Width and height of the image and of every mask.</summary>
    public ImageSize Size => Image.Size;

    /// <summary>The last part of <see cref="ImagePath"/>.</summary>
    public string FileName => Path.GetFileName(ImagePath);

    /// <summary>Where a format with one file puts it.</summary>
    /// <param name="suffix">What follows the stem in a name of the writer's own choice, extension included; empty for a folder.</param>
    /// <returns><see cref="OutputPath"/> when it is given, else a path inside <see cref="OutputFolder"/>.</returns>
    public string PathFor(string suffix) => OutputPath ?? Path.Combine(OutputFolder, Stem + suffix);

    /// <summary>Where a format with one file a mask puts one of them.</summary>
    /// <param name="suffix">What follows the stem when there is one mask only, such as <c>.mask.png</c>.</param>
    /// <param name="index">The mask's position, from 0.</param>
    /// <returns>The path of <see cref="PathFor(string)"/>, with <c>-index</c> before the extension when there are several masks.</returns>
    public string PathFor(string suffix, int index) => Proposals.Count == 1 ? PathFor(suffix) : NumberedPathFor(suffix, index);

    internal string NumberedPathFor(string suffix, int index)
    {
        var path = PathFor(suffix);
        var extension = Path.GetExtension(path);
        return $"{path[..^extension.Length]}-{index}{extension}";
    }

    /// <summary>Refuses masks that do not lie on the image.</summary>
    /// <exception cref="ArgumentException">A mask has another size than the image.</exception>
    public void Validate()
    {
        for (var i = 0; i < Proposals.Count; i++)
        {
            if (Proposals[i].Mask.Size != Size)
            {
                throw new ArgumentException($"Mask {i} is {Proposals[i].Mask.Size}, but the image {FileName} is {Size}.");
            }
        }
    }

    // A leading dot is part of the name, as in Python's os.path.splitext.
    private static string StemOf(string path)
    {
        var name = Path.GetFileName(path);
        var stem = Path.GetFileNameWithoutExtension(name);
        return stem.Trim('.').Length == 0 ? name : stem;
    }
}
