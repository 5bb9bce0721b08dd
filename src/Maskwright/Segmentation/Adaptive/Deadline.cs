namespace Maskwright.Segmentation;

/// <summary>The end of a budget that begins now; never, where there is none.</summary>
internal sealed class Deadline(TimeProvider? clock, TimeSpan? budget)
{
    private readonly long _start = clock?.GetTimestamp() ?? 0;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => clock is not null && budget is { } limit && clock.GetElapsedTime(_start) >= limit;
}
