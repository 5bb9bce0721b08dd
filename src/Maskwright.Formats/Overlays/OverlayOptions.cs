using Maskwright.Segmentation;

namespace Maskwright.Formats.Overlays;

/// <summary>How masks are drawn on a photo.</summary>
public sealed record OverlayOptions
{
    /// <summary>How much of a mask's colour covers the photo, 0 to 1.</summary>
    public double FillOpacity { get; init; } = 0.45;

    /// <summary>The width of the line inside a mask's border, 0 for none; null takes one that suits the image's size.</summary>
    public double? ContourWidthPixels { get; init; }

    /// <summary>How much darker the photo becomes where no mask is, 0 to 1.</summary>
    public double BackgroundDimming { get; init; } = 0.35;

    /// <summary>Whether each mask shows its number, its position in the list from 0.</summary>
    public bool WithNumbers { get; init; }

    /// <summary>Whether each mask that has a label shows it with its score.</summary>
    public bool WithNames { get; init; }

    /// <summary>Clicks (green on the object, red beside it) and boxes to be drawn; may be empty.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];

    internal void Validate()
    {
        var faults = new List<string>();
        Check(FillOpacity is >= 0 and <= 1, $"FillOpacity must be 0 to 1, not {FillOpacity}");
        Check(ContourWidthPixels is null or (>= 0 and <= 64), $"ContourWidthPixels must be 0 to 64, not {ContourWidthPixels}");
        Check(BackgroundDimming is >= 0 and <= 1, $"BackgroundDimming must be 0 to 1, not {BackgroundDimming}");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{string.Join("; ", faults)}.");
        }

        void Check(bool isFine, string fault)
        {
            if (!isFine)
            {
                faults.Add(fault);
            }
        }
    }
}
