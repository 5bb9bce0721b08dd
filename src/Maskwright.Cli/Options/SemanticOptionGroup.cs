using System.CommandLine;
using Maskwright.Cli.Evaluation.Semantic;

namespace Maskwright.Cli.Options;

/// <summary>What the labels mean.</summary>
internal sealed class SemanticOptionGroup : OptionGroup
{
    private readonly Option<string?> _classes = new("--classes")
    {
        Description = "The names of classes: one a line, labelled from 0 on, or a label and a name. [default: every label of the ground truth]",
        HelpName = "file",
    };

    private readonly Option<int?> _void = new("--void")
    {
        Description = "The label of pixels that do not count; -1 for none. [default: 255]",
        HelpName = "n",
        CustomParser = NumberSyntax.Whole,
    };

    private readonly Option<string?> _images = ImageFolderOption.Create();

    public override string Title => "Labels";

    public override IReadOnlyList<Option> Options => [_classes, _void, _images];

    public string? Images(ParseResult parsed) => parsed.GetValue(_images);

    public int? VoidLabel(ParseResult parsed) => parsed.GetValue(_void) switch { null => 255, < 0 => null, var label => label };

    /// <exception cref="IOException">The list cannot be read.</exception>
    public SortedDictionary<int, string>? Classes(ParseResult parsed) => parsed.GetValue(_classes) is { } path ? ClassList.Read(path) : null;
}
