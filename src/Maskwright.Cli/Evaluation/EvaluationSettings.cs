using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation;

/// <summary>How an evaluation is resampled and reported.</summary>
internal sealed record EvaluationSettings
{
    public string? JsonPath { get; init; }

    public string? ReportPath { get; init; }

    /// <summary>A table of the items' attributes; null for none.</summary>
    public string? GroupsPath { get; init; }

    /// <summary>How to resample; null for not at all.</summary>
    public BootstrapOptions? Bootstrap { get; init; }

    public int Seed { get; init; }

    public int WorstCases { get; init; }

    public IReadOnlyList<string> Names { get; init; } = [];

    public bool KeepsGoing { get; init; }

    public bool IsQuiet { get; init; }

    public bool WantsPictures => ReportPath is not null && WorstCases > 0;

    /// <summary>What reports call each prediction: the given names, else the shortest ends of the paths that tell them apart.</summary>
    /// <exception cref="ToolException">There are not as many names, or two are alike.</exception>
    public IReadOnlyList<string> NamesFor(IReadOnlyList<string> paths)
    {
        if (Names.Count > 0 && (Names.Count != paths.Count || Names.Distinct().Count() != Names.Count))
        {
            throw new ToolException(ExitCode.Usage, $"--name must be given once for each of {paths.Count}, all different");
        }

        if (Names.Count > 0)
        {
            return Names;
        }

        var parts = paths.Select(path => path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries)).ToList();
        for (var depth = 1; depth <= parts.Max(p => p.Length); depth++)
        {
            var names = parts.Select(p => string.Join('/', p.TakeLast(depth))).ToList();
            if (names.Distinct().Count() == names.Count)
            {
                return names;
            }
        }

        return [.. paths.Select((path, i) => $"{i + 1}: {path}")];
    }
}
