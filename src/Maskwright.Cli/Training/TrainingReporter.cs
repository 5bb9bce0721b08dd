using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Maskwright.Cli.Training.Reports;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Validation;

namespace Maskwright.Cli.Training;

/// <summary>Tells of a run as it goes: lines for the person who watches, logs for programs, TensorBoard's events, the page.</summary>
internal sealed class TrainingReporter : IProgress<TrainingProgress>, IProgress<ValidationReport>, IDisposable
{
    private static readonly JsonSerializerOptions s_format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly Surroundings _surroundings;
    private readonly TrainingFolder _folder;
    private readonly TrainingRecipe _recipe;
    private readonly bool _isQuiet;
    private readonly TrainingPace _pace;
    private readonly RunEvents _events;

    /// <param name="surroundings">Where lines go, and the clock.</param>
    /// <param name="folder">Where files go.</param>
    /// <param name="recipe">How the run goes.</param>
    /// <param name="stepsDone">Steps that earlier starts have done.</param>
    /// <param name="isQuiet">Whether no lines are written.</param>
    public TrainingReporter(Surroundings surroundings, TrainingFolder folder, TrainingRecipe recipe, long stepsDone, bool isQuiet)
    {
        (_surroundings, _folder, _recipe, _isQuiet) = (surroundings, folder, recipe, isQuiet);
        _pace = new TrainingPace(surroundings.Clock, recipe.BatchSize * recipe.Accumulate);
        _events = new RunEvents(folder.Path, surroundings.Clock, stepsDone);
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _pace.Note(value.Step);
        Append(value);
        _events.Write(value, _pace.CropsPerSecond);
        Say(TrainingLines.Of(value, _pace));
        foreach (var note in value.Notes)
        {
            _surroundings.Error.WriteLine($"note: {note}");
        }

        if (value.Step % _recipe.CheckpointEvery == 0)
        {
            WritePage();
        }
    }

    /// <inheritdoc/>
    public void Report(ValidationReport value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Append(value);
        _events.Write(value);
        if (value.IsBest)
        {
            RunPictures.Write(_folder.Examples, value);
        }

        Say(TrainingLines.Of(value));
        if (value.Stops)
        {
            _surroundings.Error.WriteLine($"no better judgement since step {value.BestStep}: the run ends here, as validation.patience says");
        }

        WritePage();
        _pace.NoteJudgement();
    }

    /// <summary>Writes the page of the run so far.</summary>
    public void WritePage() => RunPage.Write(_folder, _folder.Report, _surroundings.Clock.GetUtcNow());

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();

    private void Say(string line)
    {
        if (!_isQuiet)
        {
            _surroundings.Error.WriteLine(line);
        }
    }

    private void Append(TrainingProgress value)
    {
        var entry = JsonSerializer.SerializeToNode(value, s_format)!.AsObject(); // a record is an object
        entry.Remove("parts");
        entry.Remove("notes");
        foreach (var (name, part) in value.Parts)
        {
            entry[name] = JsonSerializer.SerializeToNode(part, s_format);
        }

        entry["crops_per_second"] = Math.Round(_pace.CropsPerSecond, 3);
        Append(_folder.Log, entry);
    }

    private void Append(ValidationReport value) => Append(_folder.Judgements, new JsonObject
    {
        ["step"] = value.Step,
        ["images"] = value.Images,
        ["measures"] = JsonSerializer.SerializeToNode(value.Measures, s_format),
        ["groups"] = JsonSerializer.SerializeToNode(value.Groups, s_format),
        ["best_by"] = value.Measure,
        ["is_best"] = value.IsBest,
        ["best_step"] = value.BestStep,
        ["best"] = JsonSerializer.SerializeToNode(value.BestValue, s_format),
    });

    // Whole lines only, so that a killed run leaves a log that can be read.
    private void Append(string path, JsonObject entry)
    {
        entry["seconds"] = Math.Round(_pace.Seconds, 1);
        entry["time"] = _surroundings.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        File.AppendAllText(path, entry.ToJsonString(s_format) + "\n");
    }
}
