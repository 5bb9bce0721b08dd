namespace Maskwright.Cli.Training;

/// <summary>How fast a run learns, and how long it will still take.</summary>
/// <param name="clock">The clock.</param>
/// <param name="cropsAStep">Crops that a step learns from.</param>
internal sealed class TrainingPace(TimeProvider clock, int cropsAStep)
{
    private readonly long _start = clock.GetTimestamp();
    private long _last = clock.GetTimestamp();
    private long? _lastStep;
    private long _firstStep;
    private double _judging;
    private double _secondsAStep;

    /// <summary>Seconds since the start.</summary>
    public double Seconds => clock.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Over the latest steps; 0 while it is not known.</summary>
    public double CropsPerSecond => _secondsAStep > 0 ? cropsAStep / _secondsAStep : 0;

    /// <summary>Takes a report in.</summary>
    /// <param name="step">Steps done.</param>
    public void Note(long step)
    {
        var now = clock.GetTimestamp();
        if (_lastStep is { } before && step > before)
        {
            _secondsAStep = clock.GetElapsedTime(_last, now).TotalSeconds / (step - before);
        }

        _firstStep = _lastStep is null ? step : _firstStep;
        (_last, _lastStep) = (now, step);
    }

    /// <summary>A judgement is done: its time is no time of learning, but the rest of the run will see some more.</summary>
    public void NoteJudgement()
    {
        var now = clock.GetTimestamp();
        _judging += clock.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
    }

    /// <summary>The time that the rest takes when it goes on like this; null while it is not known.</summary>
    /// <param name="steps">Steps that are left.</param>
    public TimeSpan? Left(long steps)
    {
        var judged = _lastStep > _firstStep ? _judging / (_lastStep.Value - _firstStep) : 0;
        return _secondsAStep > 0 ? TimeSpan.FromSeconds(steps * (_secondsAStep + judged)) : null;
    }
}
