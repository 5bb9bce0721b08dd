using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>Reads steps from the command line.</summary>
internal static class StepSyntax
{
    /// <summary>Reads the steps in their order.</summary>
    /// <exception cref="ToolException">There is none, or one cannot be followed.</exception>
    public static IReadOnlyList<PostProcessingStep> Read(IReadOnlyList<string> texts) => texts.Count > 0
        ? [.. texts.Select(Read)]
        : throw new ToolException(ExitCode.Usage, "no step: say what to do with --step, such as --step open:3 --step largest; --list-steps shows all");

    private static PostProcessingStep Read(string text)
    {
        var name = text.Split(':')[0].Trim();
        var names = PostProcessingStep.Known.Select(step => step.Name).ToList();
        if (!names.Contains(name))
        {
            var near = Spelling.Near(name, names).Concat(names.Where(known => name.Length > 2 && (known.Contains(name, StringComparison.Ordinal) || name.Contains(known, StringComparison.Ordinal)))).Distinct().Take(3).ToList();
            throw new ToolException(ExitCode.Usage, near.Count > 0
                ? $"there is no step '{name}'; did you mean {string.Join(" or ", near)}?"
                : $"there is no step '{name}'; the steps are {string.Join(", ", names)}");
        }

        try
        {
            return PostProcessingStep.Parse(text);
        }
        catch (FormatException e)
        {
            throw new ToolException(ExitCode.Usage, e.Message, e);
        }
    }
}
