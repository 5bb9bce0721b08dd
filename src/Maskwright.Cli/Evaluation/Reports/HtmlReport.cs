namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>The page.</summary>
internal sealed class HtmlReport(ScoreSheet sheet, IReadOnlyList<WorstCase> cases, IReadOnlyList<(string Name, string Value)> versions)
{
    public string Write(DateTimeOffset now) => $"{sheet.Outcome.Title}{cases.Count}{versions.Count}{now}";
}
