namespace Maskwright.Training.Detection;

/// <summary>How Mask R-CNN is taught: which boxes it is asked about, and what they should say.</summary>
/// <remarks>Ren et al. 2015, He et al. 2017; the defaults are torchvision's at 0.14.1.</remarks>
public sealed record DetectionOptions
{
    /// <summary>From which IoU with an object on an anchor should be called an object.</summary>
    public double AnchorObjectIou { get; init; } = 0.7;

    /// <summary>Under which IoU with every object an anchor should be called background; those between are not asked about.</summary>
    public double AnchorBackgroundIou { get; init; } = 0.3;

    /// <summary>Anchors of an image that are asked about.</summary>
    public int AnchorsPerImage { get; init; } = 256;

    /// <summary>The largest share of objects among them.</summary>
    public double AnchorObjectFraction { get; init; } = 0.5;

    /// <summary>Proposals that each map may send to suppression while training.</summary>
    public int ProposalsBeforeSuppression { get; init; } = 2000;

    /// <summary>Proposals that go on while training.</summary>
    public int ProposalsAfterSuppression { get; init; } = 2000;

    /// <summary>From which IoU with an object on a proposal shows it; others show background.</summary>
    public double RegionObjectIou { get; init; } = 0.5;

    /// <summary>Proposals of an image that are asked about.</summary>
    public int RegionsPerImage { get; init; } = 512;

    /// <summary>The largest share of objects among them.</summary>
    public double RegionObjectFraction { get; init; } = 0.25;

    /// <summary>Objects of which a crop shows fewer pixels are left out of it.</summary>
    public int MinVisiblePixels { get; init; } = 8;

    /// <summary>What the image's shorter side is resized to when the network answers, in pixels; null for the network's own.</summary>
    public int? ShorterSide { get; init; }

    /// <summary>What its longer side may not exceed then, in pixels; null for the network's own.</summary>
    public int? LongerSide { get; init; }

    /// <summary>Sides of the square anchors of the five maps, in pixels; empty for the network's own.</summary>
    public IReadOnlyList<double> AnchorSides { get; init; } = [];

    /// <summary>The most detections an image; null for the network's own.</summary>
    public int? DetectionsPerImage { get; init; }

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        double[] overlaps = [AnchorObjectIou, AnchorBackgroundIou, RegionObjectIou, AnchorObjectFraction, RegionObjectFraction];
        int[] counts = [AnchorsPerImage, ProposalsBeforeSuppression, ProposalsAfterSuppression, RegionsPerImage, MinVisiblePixels];
        int?[] sizes = [ShorterSide, LongerSide, DetectionsPerImage];
        var faults = new List<string>();
        Add(overlaps.Any(x => !(x is > 0 and <= 1)), "overlaps and fractions of the detection are above 0 and at most 1");
        Add(AnchorBackgroundIou > AnchorObjectIou, $"anchorBackgroundIou {AnchorBackgroundIou} is above anchorObjectIou {AnchorObjectIou}");
        Add(counts.Any(x => x < 1), "counts of the detection are at least 1");
        Add(sizes.Any(x => x < 1), "shorterSide, longerSide and detectionsPerImage are at least 1");
        Add(AnchorSides.Any(x => !(x >= 1)) || AnchorSides.Count is not (0 or 5), "anchorSides are five, one a map, each at least 1");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        void Add(bool isWrong, string fault) => faults.AddRange(isWrong ? [fault] : []);
    }
}
