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
            throw new ToolException(ExitCode.Usage, $"there is no step '{name}'; did you mean {Spelling.Nearest(name, names)}? --list-steps shows all");
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
