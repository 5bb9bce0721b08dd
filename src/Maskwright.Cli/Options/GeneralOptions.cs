using System.CommandLine;

namespace Maskwright.Cli.Options;

/// <summary>How the tool speaks, and whether it dares.</summary>
internal sealed class GeneralOptions : OptionGroup
{
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "For machines: one line of JSON for every image on standard output, all else on standard error.",
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say nothing but errors." };

    public Option<bool> Force { get; } = new("--force") { Description = "Try even when the estimate says that the memory will not do." };

    public override string Title => "General";

    public override IReadOnlyList<Option> Options => [Json, Quiet, Force];
}
