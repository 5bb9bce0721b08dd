using Maskwright.Training.Running;

namespace Maskwright.Training.Tests.Running;

/// <summary>Looks at what a run reports, at once and on its thread.</summary>
internal sealed class Told(Action<TrainingProgress> look) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => look(value);
}
