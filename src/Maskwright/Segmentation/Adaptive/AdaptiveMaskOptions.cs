namespace Maskwright.Segmentation;

/// <summary>The settings of <see cref="AdaptiveMaskGenerator"/>.</summary>
public sealed record AdaptiveMaskOptions
{
    /// <summary>The grid whose points are chosen from, and the filters; the whole image only, so without crop layers and without grids of one's own.</summary>
    public AutomaticMaskOptions Masks { get; init; } = new();

    /// <summary>The share of the grid's points to ask for, above 0 and at most 1; default 0.1. With 1 the masks are those of the exact grid.</summary>
    public double PointShare { get; init; } = 0.1;

    /// <summary>Every so many columns and rows of the grid make the coarse grid that is asked first; at least 1; default 4.</summary>
    public int CoarseStep { get; init; } = 4;

    /// <summary>Masks of a greater share of the image than this explain nothing: what lies in them is still asked for first; 0 to 1; default 0.2.</summary>
    public double LargestExplainingShare { get; init; } = 0.2;

    /// <summary>How long one image may take until no more points are asked, above zero; null means as long as it takes. The first points are always asked.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>What is wrong with the settings, one sentence a fault without a full stop; empty when they can be used.</summary>
    public IReadOnlyList<string> Faults() => [.. Masks.Faults(), .. OwnFaults()];

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names all of them.</exception>
    public void Validate()
    {
        var faults = Faults();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults) + ".");
        }
    }

    private IEnumerable<string> OwnFaults()
    {
        (bool IsFault, FormattableString Text)[] checks =
        [
            (!(PointShare is > 0 and <= 1), $"point_share must lie above 0 and be at most 1, not {PointShare}"),
            (CoarseStep < 1, $"coarse_step must be at least 1, not {CoarseStep}"),
            (!(LargestExplainingShare is >= 0 and <= 1), $"largest_explaining_share must be from 0 to 1, not {LargestExplainingShare}"),
            (Budget <= TimeSpan.Zero, $"budget must be above 0, not {Budget}"),
            (Masks.CropLayers > 0, $"crop_n_layers must be 0 where points are chosen: the image is looked at as a whole"),
            (Masks.PointGrids is not null, $"point_grids must not be given where points are chosen: they are chosen from the regular grid"),
        ];
        return checks.Where(check => check.IsFault).Select(check => FormattableString.Invariant(check.Text));
    }
}
