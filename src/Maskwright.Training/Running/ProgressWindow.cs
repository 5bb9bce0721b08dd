using Maskwright.Training.Interaction;

namespace Maskwright.Training.Running;

/// <summary>Means over the steps since the last report.</summary>
internal sealed class ProgressWindow
{
    private readonly Mean _loss = new();
    private readonly Mean _norm = new();
    private readonly OrderedDictionary<string, Mean> _parts = [];

    public void Note(double norm, IReadOnlyList<BatchScores> workers)
    {
        _norm.Add(norm);
        foreach (var worker in workers)
        {
            _loss.Add(worker.Loss);
            foreach (var (name, mean) in worker.Parts)
            {
                _parts.TryAdd(name, new Mean());
                _parts[name].Add(mean);
            }
        }
    }

    public TrainingProgress Report(long step, long steps, int side, double rate) =>
        new(step, steps, side, rate, _loss.Value, _norm.Value, new OrderedDictionary<string, double>(_parts.Select(part => KeyValuePair.Create(part.Key, part.Value.Value))));
}
