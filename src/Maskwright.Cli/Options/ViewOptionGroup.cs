using System.CommandLine;
using System.Globalization;
using Maskwright.Networks.Semantic;

namespace Maskwright.Cli.Options;

/// <summary>How a network of known classes looks at an image: the same for every verb that uses one.</summary>
internal sealed class ViewOptionGroup : OptionGroup
{
    private readonly ViewOptions _defaults;

    private readonly Option<int?> _tile;

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

    /// <param name="defaults">How it looks where nothing is said.</param>
    public ViewOptionGroup(ViewOptions defaults)
    {
        _defaults = defaults;
        var usual = defaults == ViewOptions.Whole ? "the whole image at once" : defaults.TileSide.ToString(CultureInfo.InvariantCulture);
        _tile = new("--tile")
        {
            Description = $"Look at larger images in square parts of this side, in pixels; parts overlap and are brought together. [default: {usual}]",
            HelpName = "n",
            CustomParser = NumberSyntax.Whole,
        };
    }

    public override string Title => "Looking at the image";

    public override IReadOnlyList<Option> Options => [_tile, _overlap, _flips, _scales];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="ToolException">A value is out of its range.</exception>
    public ViewOptions Read(ParseResult parsed)
    {
        var options = new ViewOptions
        {
            TileSide = parsed.GetValue(_tile) ?? _defaults.TileSide,
            TileOverlap = parsed.GetValue(_overlap) ?? _defaults.TileOverlap,
            Flips = parsed.GetValue(_flips),
            Scales = parsed.GetValue(_scales) is { } text ? [.. text.Split(',').Select(Scale)] : _defaults.Scales,
        };
        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException e)
        {
            var named = e.Message.Replace(nameof(options.TileSide), "--tile", StringComparison.Ordinal).Replace(nameof(options.TileOverlap), "--overlap", StringComparison.Ordinal);
            throw new ToolException(ExitCode.Usage, named.Replace(nameof(options.Scales), "--scales", StringComparison.Ordinal), e);
        }
    }

    private static double Scale(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale)
        ? scale
        : throw new ToolException(ExitCode.Usage, $"--scales takes numbers such as 0.75,1,1.25, not '{text}'");
}
