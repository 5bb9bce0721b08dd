using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Cli.Evaluation.Reports.Html;
using Maskwright.Formats;

namespace Maskwright.Cli.Evaluation;

/// <summary>From what a protocol measured to reports.</summary>
internal static class EvaluationRun
{
    /// <summary>Resamples, and writes the reports that are wanted.</summary>
    public static ExitCode Finish(EvaluationOutcome outcome, EvaluationSettings settings, Omissions omissions, Surroundings surroundings, CancellationToken cancellationToken)
    {
        outcome = settings.GroupsPath is { } groups ? ItemGroups.Read(groups).Apply(outcome) : outcome;
        var complete = outcome with { Notes = [.. outcome.Notes, .. omissions.Notes], Settings = [.. outcome.Settings, .. Resampling(outcome, settings)] };
        var sheet = ScoreSheet.Of(complete, settings.Bootstrap, cancellationToken);
        if (!settings.IsQuiet)
        {
            new TerminalReport(sheet, surroundings.Out).Write();
        }

        if (settings.JsonPath is { } json)
        {
            Write(json, JsonReport.Write(sheet, Versions()));
        }

        if (settings.ReportPath is { } page)
        {
            var cases = settings.WorstCases > 0 ? outcome.WorstCases(settings.WorstCases) : [];
            Write(page, new HtmlReport(sheet, cases, Versions()).Write(surroundings.Clock.GetUtcNow()));
        }

        return omissions.Count == 0 ? ExitCode.Ok : ExitCode.SomeInputsFailed;
    }

    private static IEnumerable<(string Name, string Value)> Resampling(EvaluationOutcome outcome, EvaluationSettings settings) => settings.Bootstrap is { } bootstrap && outcome.ItemCount > 1
        ? [("confidence", FormattableString.Invariant($"{100 * bootstrap.Confidence:0.##}% of {bootstrap.Resamples} draws of {outcome.ItemCount} {outcome.ItemName}{(outcome.Strata is null ? string.Empty : ", within each set")}, seed {bootstrap.Seed}"))]
        : [("confidence", "not estimated")];

    private static List<(string Name, string Value)> Versions() =>
    [
        ("maskwright", typeof(EvaluationRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
        ("dotnet", RuntimeInformation.FrameworkDescription),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"),
    ];

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
