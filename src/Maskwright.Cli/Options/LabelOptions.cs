using System.CommandLine;
using System.Globalization;
using Maskwright.Networks.Semantic;

namespace Maskwright.Cli.Options;

/// <summary>How a network of classes looks at an image.</summary>
internal sealed class LabelOptions : OptionGroup
{
    private static readonly SemanticOptions Defaults = new();

    private readonly Option<int?> _tile = new("--tile")
    {
        Description = $"Look at larger images in square parts of this side, in pixels; parts overlap and are blended. [default: {Defaults.TileSide}]",
        HelpName = "n",
        CustomParser = NumberSyntax.Whole,
    };

    private readonly Option<int?> _side = new("--side")
    {
        Description = "Bring the image to this longest side first, in pixels, and look at it whole; 0: take it as it is, in parts. [default: what the model was trained for, which its file says; else 0]",
        HelpName = "n",
        CustomParser = NumberSyntax.Whole,
    };

    private readonly Option<double?> _overlap = new("--overlap")
    {
        Description = "How much of a part its neighbour sees too, 0 to 0.9. [default: 0.25]",
        HelpName = "x",
        CustomParser = NumberSyntax.Real,
    };

    private readonly Option<bool> _flips = new("--flip") { Description = "Look at the mirrored image too and average: a little better, twice the time." };

    private readonly Option<string?> _scales = new("--scales")
    {
        Description = "Look at the image at several sizes and average, such as 0.75,1,1.25. [default: 1]",
        HelpName = "x,y,...",
    };

    public override string Title => "Classes for every pixel";

    public override IReadOnlyList<Option> Options => [_side, _tile, _overlap, _flips, _scales];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="ToolException">A value is out of its range.</exception>
    public SemanticOptions Read(ParseResult parsed)
    {
        var options = new SemanticOptions
        {
            WorkingSide = parsed.GetValue(_side),
            TileSide = parsed.GetValue(_tile) ?? Defaults.TileSide,
            TileOverlap = parsed.GetValue(_overlap) ?? Defaults.TileOverlap,
            Flips = parsed.GetValue(_flips),
            Scales = parsed.GetValue(_scales) is { } text ? [.. text.Split(',').Select(Scale)] : Defaults.Scales,
        };
        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException e)
        {
            var named = e.Message.Replace(nameof(options.TileSide), "--tile", StringComparison.Ordinal).Replace(nameof(options.TileOverlap), "--overlap", StringComparison.Ordinal)
                .Replace(nameof(options.WorkingSide), "--side", StringComparison.Ordinal);
            throw new ToolException(ExitCode.Usage, named.Replace(nameof(options.Scales), "--scales", StringComparison.Ordinal), e);
        }
    }

    private static double Scale(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale)
        ? scale
        : throw new ToolException(ExitCode.Usage, $"--scales takes numbers such as 0.75,1,1.25, not '{text}'");
}
