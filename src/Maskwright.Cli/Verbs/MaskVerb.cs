using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;
using Maskwright.Cli.Running;
using Spectre.Console;

namespace Maskwright.Cli.Verbs;

/// <summary>What the verbs that write masks share: inputs, model, outputs, and the run over all images.</summary>
internal sealed class MaskVerb(Surroundings surroundings)
{
    public InputOptions Input { get; } = new();

    public ModelOptions Model { get; } = new();

    public OutputOptions Output { get; } = new();

    public GeneralOptions General { get; } = new();

    public void AddTo(Command command, OptionGroup own)
    {
        Input.AddTo(command);
        own.AddTo(command);
        Model.AddTo(command);
        Output.AddTo(command);
        General.AddTo(command);
    }

    /// <summary>Runs over all images; everything that can be wrong with the command line is found before the first one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="makeWork">What to do with an image, given the model.</param>
    /// <param name="promptsAtOnce">Prompts that the model answers in one batch.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public int Run(ParseResult parsed, Func<LoadedModel, ImageWork> makeWork, int promptsAtOnce, CancellationToken cancellationToken)
    {
        var output = Output.Read(parsed, General);
        var request = Model.Read(parsed, surroundings);
        var inputs = Input.Find(parsed, output.Folder);
        var isQuiet = parsed.GetValue(General.Quiet);
        var console = ProgressBoard.ConsoleFor(surroundings, isQuiet);
        var speaker = new Speaker(surroundings);
        IRunReporter reporter = parsed.GetValue(General.Json) ? new JsonReporter(speaker) : new HumanReporter(speaker, isQuiet);
        using var model = LoadModel(request, inputs.Files.Count, console, cancellationToken);
        using var folder = inputs.Files.Count > 0 ? OutputFolder.Open(output.Folder) : null;
        var run = new BatchRun(surroundings, reporter, console, output)
        {
            MaxPixels = parsed.GetValue(Input.MaxPixels),
            Model = model,
            PromptsAtOnce = promptsAtOnce,
            IsForced = parsed.GetValue(General.Force),
        };
        return (int)run.Run(inputs, model is null ? NoWork : makeWork(model), cancellationToken);
    }

    // Where every input is missing there is nothing to load a model for.
    private LoadedModel? LoadModel(ModelRequest request, int images, IAnsiConsole? console, CancellationToken cancellationToken)
    {
        if (images == 0)
        {
            return null;
        }

        return ProgressBoard.Run(console, board =>
        {
            using var bar = board.Add($"loading {request.Name}");
            return surroundings.Models.Load(request, surroundings, cancellationToken);
        });
    }

    private static ImageResult NoWork(Images.RgbImage image, string path, IProgress<Segmentation.GenerationProgress> progress, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is no model.");
}
