using System.CommandLine;
using Maskwright.Cli.Training;
using Maskwright.Cli.Training.Reports;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright train report</c>: the page of a run, made anew from its files.</summary>
internal static class TrainReportVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var run = new Argument<string>("RUN") { Description = "The run's folder." };
        var output = new Option<string>("--output") { Description = "The HTML file to write; report.html in the run's folder unless given.", HelpName = "FILE" };
        var command = new Command("report", "Writes the page of a training run: curves, measures, examples, recipe.\nA run writes it by itself at checkpoints.") { run, output };
        command.SetAction(parsed =>
        {
            var folder = new TrainingFolder(parsed.GetRequiredValue(run));
            var target = parsed.GetValue(output) ?? folder.Report;
            RunPage.Write(folder, target, surroundings.Clock.GetUtcNow());
            surroundings.Error.WriteLine($"{target}: open it in a browser");
            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright train report RUN [--output FILE]", ["maskwright train report runs/mine"]);
        return command;
    }
}
