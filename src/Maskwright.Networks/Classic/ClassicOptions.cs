namespace Maskwright.Networks.Classic;

/// <summary>The settings of <see cref="ClassicSegmenter"/>.</summary>
public sealed record ClassicOptions
{
    /// <summary>The longest side, in pixels, at which the image is analysed; smaller images are analysed as they are. 32 to 2048; default 480.</summary>
    public int WorkingSide { get; init; } = 480;

    /// <summary>The most masks that <see cref="ClassicSegmenter.Generate"/> returns. At least 1; default 200.</summary>
    public int MaxProposals { get; init; } = 200;

    /// <summary>Masks of a smaller part of the image are left out of <see cref="ClassicSegmenter.Generate"/>. 0 to 1; default 0.0002.</summary>
    public double MinAreaFraction { get; init; } = 0.0002;

    /// <summary>Of two masks whose IoU is above this, <see cref="ClassicSegmenter.Generate"/> keeps the better one. 0 to 1; default 0.7.</summary>
    public double DuplicateIou { get; init; } = 0.7;

    /// <summary>Masks whose predicted IoU is below this are left out of <see cref="ClassicSegmenter.Generate"/>. 0 to 1; default 0.3: below it most are patches of texture.</summary>
    public double MinPredictedIou { get; init; } = 0.3;

    /// <summary>Refuses settings that cannot be followed, all faults in one message.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(WorkingSide is >= 32 and <= 2048, $"{nameof(WorkingSide)} must be 32 to 2048, not {WorkingSide}.");
        Check(MaxProposals >= 1, $"{nameof(MaxProposals)} must be at least 1, not {MaxProposals}.");
        Check(MinAreaFraction is >= 0 and <= 1, $"{nameof(MinAreaFraction)} must be 0 to 1, not {MinAreaFraction}.");
        Check(DuplicateIou is >= 0 and <= 1, $"{nameof(DuplicateIou)} must be 0 to 1, not {DuplicateIou}.");
        Check(MinPredictedIou is >= 0 and <= 1, $"{nameof(MinPredictedIou)} must be 0 to 1, not {MinPredictedIou}.");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }

        void Check(bool isValid, string fault)
        {
            if (!isValid)
            {
                faults.Add(fault);
            }
        }
    }
}
