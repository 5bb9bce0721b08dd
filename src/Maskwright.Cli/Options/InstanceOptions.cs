using System.CommandLine;

namespace Maskwright.Cli.Options;

/// <summary>Which detections count.</summary>
internal sealed class InstanceOptions : OptionGroup
{
    private readonly Option<double?> _score = new("--score-thresh")
    {
        Description = "Drop objects whose score is not above this. [default: 0.5]",
        HelpName = "x",
        CustomParser = NumberSyntax.Real,
    };

    private readonly Option<double?> _iou = new("--box-nms-thresh")
    {
        Description = "Of two objects of a class whose boxes overlap by a higher IoU, keep the better one. [default: the checkpoint's]",
        HelpName = "x",
        CustomParser = NumberSyntax.Real,
    };

    private readonly Option<int?> _most = new("--max-objects")
    {
        Description = "Keep the best so many. [default: the checkpoint's]",
        HelpName = "n",
        CustomParser = NumberSyntax.Whole,
    };

    public override string Title => "Objects";

    public override IReadOnlyList<Option> Options => [_score, _iou, _most];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="ToolException">A value is out of its range.</exception>
    public InstanceSettings Read(ParseResult parsed)
    {
        var settings = new InstanceSettings { ScoreThreshold = parsed.GetValue(_score) ?? 0.5, IouThreshold = parsed.GetValue(_iou), MaxDetections = parsed.GetValue(_most) };
        return settings switch
        {
            { ScoreThreshold: < 0 or > 1 } => throw new ToolException(ExitCode.Usage, "--score-thresh must be 0 to 1"),
            { IouThreshold: < 0 or > 1 } => throw new ToolException(ExitCode.Usage, "--box-nms-thresh must be 0 to 1"),
            { MaxDetections: < 1 } => throw new ToolException(ExitCode.Usage, "--max-objects must be at least 1"),
            _ => settings,
        };
    }
}
