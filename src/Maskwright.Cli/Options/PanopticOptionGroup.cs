using System.CommandLine;

namespace Maskwright.Cli.Options;

/// <summary>Where the parts of panoptic segmentations lie.</summary>
internal sealed class PanopticOptionGroup : OptionGroup
{
    private readonly Option<string?> _categories = new("--categories") { Description = "A file with the categories, where the ground truth holds none.", HelpName = "file" };

    private readonly Option<string?> _truthFolder = new("--gt-folder") { Description = "The PNG files of the ground truth. [default: the folder named like the file]", HelpName = "folder" };

    private readonly Option<string[]> _folders = new("--pred-folder") { Description = "The PNG files of a prediction; once for each. [default: the folder named like the file]", HelpName = "folder" };

    private readonly Option<string?> _images = ImageFolderOption.Create();

    public override string Title => "Files";

    public override IReadOnlyList<Option> Options => [_categories, _truthFolder, _folders, _images];

    public string? Categories(ParseResult parsed) => parsed.GetValue(_categories);

    public string? TruthFolder(ParseResult parsed) => parsed.GetValue(_truthFolder);

    public string? Images(ParseResult parsed) => parsed.GetValue(_images);

    /// <summary>The folder of each prediction; null where it is not given.</summary>
    /// <exception cref="ToolException">There are not as many folders as predictions.</exception>
    public IReadOnlyList<string?> Folders(ParseResult parsed, IReadOnlyList<string> predictions)
    {
        string[] given = parsed.GetValue(_folders) ?? [];
        return given.Length == 0 ? [.. predictions.Select(_ => (string?)null)]
            : given.Length == predictions.Count ? [.. given]
            : throw new ToolException(ExitCode.Usage, $"--pred-folder must be given once for each of {predictions.Count} predictions");
    }
}
