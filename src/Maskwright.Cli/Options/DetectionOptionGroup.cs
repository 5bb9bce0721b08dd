using System.CommandLine;
using Maskwright.Cli.Evaluation.Detection;
using Maskwright.Metrics;

namespace Maskwright.Cli.Options;

/// <summary>How detections are compared with the ground truth.</summary>
internal sealed class DetectionOptionGroup : OptionGroup
{
    private readonly Option<string> _type = new("--type") { Description = "What is compared: mask (COCO's segm) or box (bbox).", HelpName = "mask|box", DefaultValueFactory = _ => "mask" };

    private readonly Option<bool> _lvis = new("--lvis") { Description = "By LVIS's protocol: 300 detections an image, categories that are annotated on some images only, AP of rare, common and frequent ones." };

    private readonly Option<bool> _agnostic = new("--class-agnostic") { Description = "Do not tell classes apart (pycocotools' useCats = 0)." };

    private readonly Option<bool> _ignore = new("--honour-ignore") { Description = "Leave out annotations that are marked 'ignore'; pycocotools overwrites that mark." };

    private readonly Option<string?> _images = ImageFolderOption.Create();

    public DetectionOptionGroup() => _type.AcceptOnlyFromAmong("mask", "box");

    public override string Title => "Protocol";

    public override IReadOnlyList<Option> Options => [_type, _lvis, _agnostic, _ignore, _images];

    /// <exception cref="ToolException">Two options contradict each other.</exception>
    public DetectionSettings Read(ParseResult parsed)
    {
        if (parsed.GetValue(_lvis) && (parsed.GetValue(_agnostic) || parsed.GetValue(_ignore)))
        {
            throw new ToolException(ExitCode.Usage, "--lvis has its own rules for classes and ignored objects: leave --class-agnostic and --honour-ignore out");
        }

        return new DetectionSettings
        {
            Geometry = parsed.GetValue(_type) == "box" ? OverlapGeometry.Boxes : OverlapGeometry.Masks,
            IsLvis = parsed.GetValue(_lvis),
            IsClassAgnostic = parsed.GetValue(_agnostic),
            HonoursIgnoreFlag = parsed.GetValue(_ignore),
            ImageFolder = parsed.GetValue(_images),
        };
    }
}
