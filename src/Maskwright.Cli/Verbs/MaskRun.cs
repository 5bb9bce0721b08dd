using System.CommandLine;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;
using Maskwright.Cli.Running;
using Maskwright.Geometry;

namespace Maskwright.Cli.Verbs;

/// <summary>A run over all images of a command line; everything that can be wrong with it is found before the first one.</summary>
/// <param name="surroundings">Streams, clock and memory.</param>
/// <param name="input">Which images.</param>
/// <param name="general">How the tool speaks.</param>
internal sealed class MaskRun(Surroundings surroundings, InputOptions input, GeneralOptions general)
{
    /// <summary>Runs.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">What to write, and where.</param>
    /// <param name="plan">The model and what it does.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public int Run<TModel>(ParseResult parsed, OutputSettings output, MaskPlan<TModel> plan, CancellationToken cancellationToken)
        where TModel : class, IDisposable
    {
        var inputs = input.Find(parsed, output.Folder);
        var isQuiet = parsed.GetValue(general.Quiet);
        var console = ProgressBoard.ConsoleFor(surroundings, isQuiet);
        var speaker = new Speaker(surroundings);
        IRunReporter reporter = parsed.GetValue(general.Json) ? new JsonReporter(speaker) : new HumanReporter(speaker, isQuiet);
        using var model = inputs.Files.Count == 0 ? null : ProgressBoard.Run(console, board => // where every input is missing there is nothing to load a model for
        {
            using var bar = board.Add($"loading {plan.ModelName}");
            return plan.Load();
        });
        if (model is not null && !isQuiet && plan.NoteOf(model) is { } note)
        {
            speaker.Complain($"maskwright: {plan.ModelName}: {note}");
        }

        using var folder = inputs.Files.Count > 0 ? OutputFolder.Open(output.Folder) : null;
        var run = new BatchRun(surroundings, reporter, console, output)
        {
            MaxPixels = parsed.GetValue(input.MaxPixels),
            PeakBytes = model is null ? null : size => plan.PeakBytes(model, size),
            IsForced = parsed.GetValue(general.Force),
        };
        return (int)run.Run(inputs, model is null ? NoWork : plan.MakeWork(model), cancellationToken);
    }

    private static ImageResult NoWork(Images.RgbImage image, string path, IProgress<Segmentation.GenerationProgress> progress, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is no model.");
}

/// <summary>A model and what it does with images.</summary>
/// <param name="ModelName">What the user calls it.</param>
/// <param name="Load">Loads it; disposed after the run.</param>
/// <param name="MakeWork">What to do with an image, given the model.</param>
/// <param name="PeakBytes">About how many bytes the model takes at its peak for an image of a size.</param>
internal sealed record MaskPlan<TModel>(string ModelName, Func<TModel> Load, Func<TModel, ImageWork> MakeWork, Func<TModel, ImageSize, long> PeakBytes)
{
    /// <summary>What was chosen where the user left the choice, and why.</summary>
    public Func<TModel, string?> NoteOf { get; init; } = _ => null;
}
