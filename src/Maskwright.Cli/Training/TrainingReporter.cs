using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Maskwright.Training.Running;
using Maskwright.Training.Validation;

namespace Maskwright.Cli.Training;

/// <summary>Writes a line of the log and a line for the person who watches, each time the loop reports.</summary>
internal sealed class TrainingReporter(Surroundings surroundings, TrainingFolder folder, int batchSize, bool isQuiet) : IProgress<TrainingProgress>, IProgress<ValidationReport>
{
    private static readonly JsonSerializerOptions s_format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly long _start = surroundings.Clock.GetTimestamp();
    private long _last = surroundings.Clock.GetTimestamp();
    private long _firstStep = -1;
    private long _lastStep;

    public void Report(TrainingProgress value)
    {
        var now = surroundings.Clock.GetTimestamp();
        var steps = _firstStep < 0 ? 0 : value.Step - _lastStep;
        var seconds = surroundings.Clock.GetElapsedTime(_last, now).TotalSeconds;
        _firstStep = _firstStep < 0 ? value.Step : _firstStep;
        (_last, _lastStep) = (now, value.Step);
        var rate = steps > 0 ? steps / seconds : 0;
        Append(value, rate);
        if (!isQuiet)
        {
            surroundings.Error.WriteLine(Line(value, rate));
        }
    }

    public void Report(ValidationReport value)
    {
        Append(folder.Judgements, Judgement(value));
        if (!isQuiet)
        {
            surroundings.Error.WriteLine(Line(value));
        }

        if (value.Stops)
        {
            surroundings.Error.WriteLine($"no better judgement since step {value.BestStep}: the run ends here; validation.patience decides that");
        }

        _last = surroundings.Clock.GetTimestamp(); // judging is no learning, which the speed is about
    }

    // Whole lines only, so that a killed run leaves a log that can be read.
    private void Append(TrainingProgress value, double rate)
    {
        var entry = JsonSerializer.SerializeToNode(value, s_format)!.AsObject(); // a record is an object
        entry.Remove("parts");
        foreach (var (name, part) in value.Parts)
        {
            entry[name] = JsonSerializer.SerializeToNode(part, s_format);
        }

        entry["crops_per_second"] = Math.Round(rate * batchSize, 3);
        Append(folder.Log, entry);
    }

    private void Append(string path, JsonObject entry)
    {
        entry["seconds"] = Math.Round(surroundings.Clock.GetElapsedTime(_start).TotalSeconds, 1);
        entry["time"] = surroundings.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        File.AppendAllText(path, entry.ToJsonString(s_format) + "\n");
    }

    private static JsonObject Judgement(ValidationReport value) => new()
    {
        ["step"] = value.Step,
        ["images"] = value.Images,
        ["measures"] = JsonSerializer.SerializeToNode(value.Measures, s_format),
        ["groups"] = JsonSerializer.SerializeToNode(value.Groups, s_format),
        ["best_by"] = value.Measure,
        ["is_best"] = value.IsBest,
        ["best_step"] = value.BestStep,
        ["best"] = JsonSerializer.SerializeToNode(value.BestValue, s_format),
    };

    private static string Line(ValidationReport v)
    {
        var measures = v.Measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{Spoken(m.Key)} {m.Value:0.000}"));
        var best = v.IsBest ? "the best so far" : string.Create(CultureInfo.InvariantCulture, $"best {Spoken(v.Measure)} {v.BestValue:0.000} at step {v.BestStep}");
        return $"{v.Step,6}/{v.Steps}  judged on {v.Images} images: {string.Join("  ", measures)}  ({best})";
    }

    private static string Spoken(string measure) => measure.Replace("_iou", " IoU", StringComparison.Ordinal).Replace("_ap", " AP", StringComparison.Ordinal).Replace('_', ' ');

    // How good the answers are, where the learner says so, else what the loss is made of.
    private static string Parts(TrainingProgress p)
    {
        const string Measure = "_iou";
        var measured = p.Parts.Where(part => part.Key.EndsWith(Measure, StringComparison.Ordinal)).ToList();
        return string.Join(' ', (measured.Count > 0 ? measured : p.Parts.ToList())
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key.Replace(Measure, " IoU", StringComparison.Ordinal).Replace('_', ' ')} {part.Value:0.000}")));
    }

    private string Line(TrainingProgress p, double rate)
    {
        var left = rate > 0 ? TimeSpan.FromSeconds((p.Steps - p.Step) / rate) : (TimeSpan?)null;
        var eta = left is { } time ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{p.Step,6}/{p.Steps}  loss {p.Loss:0.000}  {Parts(p)}  rate {p.LearningRate:0.0e+0}  norm {p.GradientNorm:0.0}  {rate * batchSize:0.0} crops/s  {eta}");
    }
}
