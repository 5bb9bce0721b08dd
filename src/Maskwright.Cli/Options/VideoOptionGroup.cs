using System.CommandLine;

namespace Maskwright.Cli.Options;

/// <summary>Which frames count.</summary>
internal sealed class VideoOptionGroup : OptionGroup
{
    private readonly Option<bool> _all = new("--all-frames") { Description = "Count every frame; by DAVIS's custom the first, which is given, and the last one do not count." };

    private readonly Option<string?> _images = ImageFolderOption.Create();

    public override string Title => "Frames";

    public override IReadOnlyList<Option> Options => [_all, _images];

    public bool WithEnds(ParseResult parsed) => parsed.GetValue(_all);

    public string? Images(ParseResult parsed) => parsed.GetValue(_images);
}
