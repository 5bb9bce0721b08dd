using Maskwright.Formats.TensorBoard;
using Maskwright.Training.Running;
using Maskwright.Training.Validation;

namespace Maskwright.Cli.Training.Reports;

/// <summary>Writes a run's numbers and example pictures where TensorBoard looks for them.</summary>
internal sealed class RunEvents(string folder, TimeProvider clock, long step) : IDisposable
{
    private readonly EventFileWriter _file = new(folder, clock.GetUtcNow(), step);

    public void Write(TrainingProgress progress, double cropsPerSecond) => _file.WriteScalars(clock.GetUtcNow(), progress.Step, progress.Parts
        .Select(part => KeyValuePair.Create("training/" + part.Key, part.Value))
        .Append(new("training/loss", progress.Loss))
        .Append(new("optimiser/learning_rate", progress.LearningRate))
        .Append(new("optimiser/gradient_norm", progress.GradientNorm))
        .Append(new("speed/crops_per_second", cropsPerSecond > 0 ? cropsPerSecond : double.NaN)));

    public void Write(ValidationReport report)
    {
        var now = clock.GetUtcNow();
        _file.WriteScalars(now, report.Step, report.Measures.Select(m => KeyValuePair.Create("validation/" + m.Key, m.Value))
            .Concat(report.Groups.Select(group => KeyValuePair.Create("validation by class/" + group.Key, group.Value))));
        foreach (var example in report.Examples)
        {
            _file.WritePicture(now, report.Step, "examples/" + example.Name, RunPictures.Panel(example));
        }
    }

    public void Dispose() => _file.Dispose();
}
