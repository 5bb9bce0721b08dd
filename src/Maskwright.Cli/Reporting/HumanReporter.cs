using System.Globalization;

namespace Maskwright.Cli.Reporting;

/// <summary>One line an image, for people.</summary>
internal sealed class HumanReporter(Speaker speaker, bool isQuiet) : IRunReporter
{
    public void Done(ImageOutcome outcome)
    {
        if (outcome.Proposals.Count == 0)
        {
            speaker.Complain($"maskwright: {outcome.Input}: no mask survived{Why(outcome)}");
        }

        if (!isQuiet)
        {
            var masks = outcome.Proposals.Count == 1 ? "1 mask" : $"{outcome.Proposals.Count} masks";
            var seconds = outcome.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            speaker.Say($"{outcome.Input}: {masks} in {seconds} s{ClassTally.Of(outcome)}{CoverageText.Of(outcome.Report?.Coverage)}{(outcome.Files.Count > 0 ? " -> " : string.Empty)}{Listed(outcome.Files)}");
        }
    }

    public void Skipped(string input, string reason)
    {
        if (!isQuiet)
        {
            speaker.Say($"{input}: left out: {reason}");
        }
    }

    public void Failed(string input, string reason) =>
        speaker.Complain(reason.Contains(input, StringComparison.Ordinal) ? $"maskwright: {reason}" : $"maskwright: {input}: {reason}");

    public void Finished(int done, int skipped, int failed)
    {
        if (!isQuiet && done + skipped + failed > 1)
        {
            var left = skipped > 0 ? $", {skipped} left out" : string.Empty;
            speaker.Say($"{done + skipped + failed} images: {done} done{left}{(failed > 0 ? $", {failed} failed" : string.Empty)}");
        }
    }

    private static string Listed(IReadOnlyList<string> files) =>
        files.Count <= 4 ? string.Join(", ", files) : $"{string.Join(", ", files.Take(2))}, ... ({files.Count - 3} more), {files[^1]}";

    private static string Why(ImageOutcome outcome)
    {
        if (outcome.Report is null)
        {
            return string.Empty;
        }

        var stages = string.Join(", ", outcome.Report.Stages.Select(stage => $"{stage.Name} {stage.Candidates} -> {stage.Kept}"));
        var advice = string.Join(" ", outcome.Report.Stages.Select(stage => stage.Advice).Where(text => text is not null));
        return $" ({stages}){(advice.Length > 0 ? "; " + advice : string.Empty)}";
    }
}
