using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Cli.Running;

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

    /// <summary>The model that was asked for.</summary>
    public ModelRequest Request(ParseResult parsed) => Model.Read(parsed, surroundings);

    /// <summary>Runs over all images; everything that can be wrong with the command line is found before the first one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="request">The model.</param>
    /// <param name="makeWork">What to do with an image, given the model.</param>
    /// <param name="promptsAtOnce">Prompts that the model answers in one batch.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public int Run(ParseResult parsed, ModelRequest request, Func<LoadedModel, ImageWork> makeWork, int promptsAtOnce, CancellationToken cancellationToken)
    {
        var output = Output.Read(parsed, General);
        var plan = new MaskPlan<LoadedModel>(
            request.Name, () => surroundings.Models.Load(request, surroundings, cancellationToken), makeWork, (model, size) => model.PeakBytes(size, promptsAtOnce)) { NoteOf = model => model.Note };
        return new MaskRun(surroundings, Input, General).Run(parsed, output, plan, cancellationToken);
    }
}
