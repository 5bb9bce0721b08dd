using Maskwright.Training.Interaction;

namespace Maskwright.Training.Running;

/// <summary>Means over the steps since the last report.</summary>
internal sealed class ProgressWindow
{
    private readonly Mean _loss = new();
    private readonly Mean _boundary = new();
    private readonly Mean _objectness = new();
    private readonly Mean _affinity = new();
    private readonly Mean _norm = new();
    private readonly RoundScores _scores = new();

    public void Note(double norm, IReadOnlyList<BatchScores> parts)
    {
        _norm.Add(norm);
        foreach (var part in parts)
        {
            _loss.Add(part.Loss);
            _boundary.Add(part.Boundary);
            _objectness.Add(part.Objectness);
            _affinity.Add(part.Affinity);
            _scores.Add(part.Rounds);
        }
    }

    public TrainingProgress Report(long step, long steps, int side, double rate) => new(
        step,
        steps,
        side,
        rate,
        _loss.Value,
        _scores.Focal,
        _scores.Dice,
        _scores.Quality,
        _boundary.Value,
        _objectness.Value,
        _affinity.Value,
        _scores.Click.Value,
        _scores.BestOfClick.Value,
        _scores.Box.Value,
        _scores.Later.Value,
        _norm.Value);
}
