using System.CommandLine;
using Maskwright.Cli.Models;

namespace Maskwright.Cli.Options;

/// <summary><c>--precision</c>: in which numbers networks are computed.</summary>
internal sealed class PrecisionOption : Option<string>
{
    private static readonly Dictionary<string, ModelPrecision> s_names = new()
    {
        ["fp32"] = ModelPrecision.Float32, ["auto"] = ModelPrecision.Auto, ["int8"] = ModelPrecision.Int8, ["bf16"] = ModelPrecision.BFloat16,
    };

    public PrecisionOption()
        : base("--precision")
    {
        Description = "In which numbers networks are computed: fp32 (exact), int8 (ONNX Runtime), bf16 (libtorch), or auto (the fastest whose loss is measured for the model; says which).";
        HelpName = "precision";
        DefaultValueFactory = _ => "fp32";
        this.AcceptOnlyFromAmong([.. s_names.Keys]);
    }

    public ModelPrecision Read(ParseResult parsed) => s_names[parsed.GetRequiredValue(this)];
}
