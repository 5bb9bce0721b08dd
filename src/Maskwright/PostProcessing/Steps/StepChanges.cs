namespace Maskwright.PostProcessing;

/// <summary>What a step changed, over all images it was applied to.</summary>
/// <param name="Step">The step as it was written.</param>
public sealed record StepChanges(string Step)
{
    /// <summary>Masks that went in.</summary>
    public long MasksBefore { get; init; }

    /// <summary>Masks that came out.</summary>
    public long MasksAfter { get; init; }

    /// <summary>Masks whose pixels came out different; one that was split counts once, and only when pixels changed sides.</summary>
    public long MasksChanged { get; init; }

    /// <summary>Masks of which nothing came out: emptied, dropped or joined to others.</summary>
    public long MasksDropped { get; init; }

    /// <summary>Masks that came out beyond the first of each that went in.</summary>
    public long MasksAdded { get; init; }

    /// <summary>Pixels that came into masks, over the masks that remain.</summary>
    public long PixelsAdded { get; init; }

    /// <summary>Pixels that masks lost, over the masks that remain.</summary>
    public long PixelsRemoved { get; init; }

    /// <summary>By how many a mask's holes became fewer, over all masks of which they did.</summary>
    public long HolesFilled { get; init; }

    /// <summary>By how many a mask's connected pieces became fewer, over all masks of which they did.</summary>
    public long ComponentsRemoved { get; init; }

    /// <summary>The smallest IoU of a mask that remains with what it was, in [0,1]; 1 when none changed.</summary>
    public double WorstIou { get; init; } = 1;

    /// <summary>Which mask that was, as the caller names it; null when none changed.</summary>
    public string? WorstMask { get; init; }

    /// <summary>The changes of both, such as those of two files; the step's name is this one's.</summary>
    /// <param name="other">What the same step changed elsewhere.</param>
    public StepChanges Plus(StepChanges other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var worst = other.WorstIou < WorstIou ? other : this;
        return new StepChanges(Step)
        {
            MasksBefore = MasksBefore + other.MasksBefore,
            MasksAfter = MasksAfter + other.MasksAfter,
            MasksChanged = MasksChanged + other.MasksChanged,
            MasksDropped = MasksDropped + other.MasksDropped,
            MasksAdded = MasksAdded + other.MasksAdded,
            PixelsAdded = PixelsAdded + other.PixelsAdded,
            PixelsRemoved = PixelsRemoved + other.PixelsRemoved,
            HolesFilled = HolesFilled + other.HolesFilled,
            ComponentsRemoved = ComponentsRemoved + other.ComponentsRemoved,
            WorstIou = worst.WorstIou,
            WorstMask = worst.WorstMask,
        };
    }
}
