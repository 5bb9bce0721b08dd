using System.CommandLine;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary>The arguments that most protocols share.</summary>
internal static class EvaluateArguments
{
    public static Argument<string> Truth(string description) => new("GROUND_TRUTH") { Description = description };

    public static Argument<string[]> Predictions(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>The arguments for the report.</summary>
    public static IReadOnlyList<(string Name, string Value)> Describe(string truth, IReadOnlyList<string> names, IReadOnlyList<string> paths) =>
        [("ground truth", truth), .. paths.Select((path, i) => (names.Count > 1 ? $"prediction {names[i]}" : "prediction", path))];
}
