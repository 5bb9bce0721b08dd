using System.CommandLine;
using System.Globalization;
using Maskwright.Cli.Evaluation.Masks;
using Maskwright.Metrics;

namespace Maskwright.Cli.Options;

/// <summary>How masks are compared.</summary>
internal sealed class MaskOptionGroup : OptionGroup
{
    private readonly Option<bool> _byLabel = new("--by-label") { Description = "Measure each label by itself; otherwise everything but 0 is inside the mask." };

    private readonly Option<string?> _labels = new("--labels") { Description = "Only these labels, with commas; implies --by-label.", HelpName = "n,n,..." };

    private readonly Option<string?> _spacing = new("--spacing") { Description = "The size of a pixel, or of a voxel: between columns, rows, slices. [default: 1]", HelpName = "x,y[,z]" };

    private readonly Option<double?> _tolerance = new("--tolerance") { Description = "How far apart surfaces may lie and still agree, in the spacing's unit. [default: 1]", HelpName = "x", CustomParser = NumberSyntax.Real };

    private readonly Option<double?> _ratio = new("--boundary-ratio") { Description = "The width of the bands of boundary IoU, as a share of the diagonal. [default: 0.02]", HelpName = "x", CustomParser = NumberSyntax.Real };

    private readonly Option<string?> _array = new("--array") { Description = "The name of the array in .npz archives that hold several.", HelpName = "name" };

    private readonly Option<string?> _images = ImageFolderOption.Create();

    public override string Title => "Masks";

    public override IReadOnlyList<Option> Options => [_byLabel, _labels, _spacing, _tolerance, _ratio, _array, _images];

    /// <exception cref="ToolException">A value cannot be read.</exception>
    public MaskSettings Read(ParseResult parsed)
    {
        var labels = parsed.GetValue(_labels) is { } list ? Numbers(list, "--labels").Select(value => (int)value).ToList() : [];
        var tolerance = parsed.GetValue(_tolerance) ?? 1;
        var ratio = parsed.GetValue(_ratio) ?? BoundaryIou.CustomaryRatio;
        if (tolerance < 0 || ratio <= 0)
        {
            throw new ToolException(ExitCode.Usage, "--tolerance must be at least 0, and --boundary-ratio above 0");
        }

        return new MaskSettings
        {
            ByLabel = parsed.GetValue(_byLabel) || labels.Count > 0,
            Labels = labels,
            Spacing = parsed.GetValue(_spacing) is { } spacing ? Spacing(Numbers(spacing, "--spacing")) : null,
            Tolerance = tolerance,
            BoundaryRatio = ratio,
            ArrayName = parsed.GetValue(_array),
            ImageFolder = parsed.GetValue(_images),
        };
    }

    private static VoxelSpacing Spacing(double[] values) => values.Length is 2 or 3 && Array.TrueForAll(values, value => value > 0)
        ? new VoxelSpacing(values[0], values[1], values.Length == 3 ? values[2] : 1)
        : throw new ToolException(ExitCode.Usage, "--spacing takes two or three numbers above 0, such as 0.5,0.5,2");

    private static double[] Numbers(string list, string option)
    {
        var values = list.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : double.NaN).ToArray();
        return values.Any(double.IsNaN) ? throw new ToolException(ExitCode.Usage, $"{option} takes numbers with commas between, not '{list}'") : values;
    }
}
