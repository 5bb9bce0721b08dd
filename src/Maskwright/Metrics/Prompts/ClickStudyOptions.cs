namespace Maskwright.Metrics;

/// <summary>How a clicking session is simulated.</summary>
public sealed record ClickStudyOptions
{
    /// <summary>The most clicks, at least 1; 20 by custom.</summary>
    public int MaxClicks { get; init; } = 20;

    /// <summary>The session ends once this IoU is reached, in (0,1]; null to go on to the last click. NoC@90 needs .90.</summary>
    public double? StopIou { get; init; } = 0.90;

    /// <summary>Whether the logits of each answer are given back with the next click.</summary>
    public bool FeedsMaskHint { get; init; } = true;

    /// <summary>Whether several masks are asked for at the first click, of which the model's own favourite is taken; null for what the segmenter prefers.</summary>
    public bool? IsFirstMultimask { get; init; }

    /// <summary>Refuses settings that make no session.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message holds every fault.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (MaxClicks < 1)
        {
            faults.Add($"at least one click is needed, not {MaxClicks}");
        }

        if (StopIou is { } stop && !(stop > 0 && stop <= 1))
        {
            faults.Add($"the IoU to stop at must lie in (0,1], not {stop}");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"These settings make no session: {string.Join("; ", faults)}.");
        }
    }
}
