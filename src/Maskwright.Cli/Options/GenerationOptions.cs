using System.CommandLine;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Options;

/// <summary>How masks for everything are made: the settings of SAM's amg.py under their own names.</summary>
internal sealed class GenerationOptions : OptionGroup
{
    private static readonly AutomaticMaskOptions Defaults = new();

    private readonly Option<int?> _pointsPerSide = Count(
        "--points-per-side", $"Points along each side of the grid that is asked for. [default: {Defaults.PointsPerSide}]");
    private readonly Option<int?> _pointsPerBatch = Count(
        "--points-per-batch", $"Points answered at once; more need more memory. [default: {Defaults.PointsPerBatch}]");
    private readonly Option<double?> _predIou = Score(
        "--pred-iou-thresh", $"Drop masks whose predicted IoU is not above this. [default: {Text(Defaults.PredIouThreshold)}]");
    private readonly Option<double?> _stability = Score(
        "--stability-score-thresh", $"Drop masks that are less stable than this. [default: {Text(Defaults.StabilityScoreThreshold)}]");
    private readonly Option<double?> _stabilityOffset = Score(
        "--stability-score-offset", "How far the cut moves to measure stability, in logits. [default: 1]");
    private readonly Option<double?> _boxNms = Score(
        "--box-nms-thresh", $"Of two masks whose boxes overlap by a higher IoU, keep the better one. [default: {Text(Defaults.BoxNmsThreshold)}]");
    private readonly Option<int?> _cropLayers = Count(
        "--crop-n-layers", "Look again at smaller crops: layer i has (2^i)^2 crops. Finds small things, takes longer. [default: 0]");
    private readonly Option<double?> _cropNms = Score(
        "--crop-nms-thresh", $"The same as --box-nms-thresh between crops. [default: {Text(Defaults.CropNmsThreshold)}]");
    private readonly Option<double?> _cropOverlap = Score(
        "--crop-overlap-ratio", "How far crops overlap, as a part of the image's shorter side. [default: 512/1500]");
    private readonly Option<int?> _cropPoints = Count(
        "--crop-n-points-downscale-factor", "Each crop layer has so many times fewer points a side. [default: 1]");
    private readonly Option<int?> _minArea = Count(
        "--min-mask-region-area", "Fill holes and remove islands of fewer pixels. [default: 0]");

    private readonly Option<bool> _adaptive = new("--adaptive")
    {
        Description = "Ask a part of the grid only: a coarse grid, then where no mask explains the pixels or neighbours disagree. Faster, and misses some masks.",
    };

    private readonly Option<double?> _pointShare = Score("--point-share", $"Adaptive: the share of the grid's points to ask, above 0 and at most 1. [default: {Text(new AdaptiveMaskOptions().PointShare)}; 1 with a budget]");
    private readonly Option<double?> _budget = new("--budget")
    {
        Description = "Adaptive: ask no more points after so many seconds on an image, and say how much of it is explained.",
        HelpName = "seconds",
        CustomParser = NumberSyntax.Real,
    };

    public override string Title => "Masks for everything (names and defaults of SAM's amg.py)";

    public override IReadOnlyList<Option> Options =>
    [
        _pointsPerSide, _pointsPerBatch, _predIou, _stability, _stabilityOffset, _boxNms, _cropLayers, _cropNms, _cropOverlap, _cropPoints, _minArea, _adaptive, _pointShare, _budget,
    ];

    /// <summary>Reads what was given; what was not given keeps the model's default.</summary>
    /// <exception cref="ToolException">A value is out of its range.</exception>
    public GenerationSettings Read(ParseResult parsed)
    {
        var settings = new GenerationSettings
        {
            PointsPerSide = parsed.GetValue(_pointsPerSide),
            PointsPerBatch = parsed.GetValue(_pointsPerBatch),
            PredIouThreshold = parsed.GetValue(_predIou),
            StabilityScoreThreshold = parsed.GetValue(_stability),
            StabilityScoreOffset = parsed.GetValue(_stabilityOffset),
            BoxNmsThreshold = parsed.GetValue(_boxNms),
            CropLayers = parsed.GetValue(_cropLayers),
            CropNmsThreshold = parsed.GetValue(_cropNms),
            CropOverlapRatio = parsed.GetValue(_cropOverlap),
            CropPointsDownscaleFactor = parsed.GetValue(_cropPoints),
            MinMaskRegionArea = parsed.GetValue(_minArea),
            PointShare = parsed.GetValue(_pointShare),
            Budget = parsed.GetValue(_budget) is { } seconds ? Seconds(seconds) : null,
        };
        settings = settings with { IsAdaptive = parsed.GetValue(_adaptive) || settings.PointShare is not null || settings.Budget is not null };
        var faults = settings.IsAdaptive ? settings.OverAdaptive(Defaults).Faults() : settings.Over(Defaults).Faults();
        return faults.Count == 0
            ? settings
            : throw new ToolException(ExitCode.Usage, string.Join("; ", faults.Select(fault => "--" + fault.Replace('_', '-'))));
    }

    private static TimeSpan Seconds(double seconds) => seconds is > 0 and <= 1e6
        ? TimeSpan.FromSeconds(seconds)
        : throw new ToolException(ExitCode.Usage, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--budget takes seconds above 0 and up to a million, not {seconds}"));

    private static Option<int?> Count(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "n",
        CustomParser = NumberSyntax.Whole,
    };

    private static Option<double?> Score(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "x",
        CustomParser = NumberSyntax.Real,
    };

    private static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
