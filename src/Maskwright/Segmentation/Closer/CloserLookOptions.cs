namespace Maskwright.Segmentation;

/// <summary>When a <see cref="CloserLookSegmenter"/> looks again, and how close.</summary>
public sealed record CloserLookOptions
{
    /// <summary>The longest side at which the segmenter looks at a whole image, in pixels, at least 1.</summary>
    public required int FarSide { get; init; }

    /// <summary>The longest side at which windows are looked at, in pixels, at least 1; the time of a closer look grows with its square.</summary>
    public required int CloseSide { get; init; }

    /// <summary>How many times as finely a window must show the image as it was seen before, to be worth the time; above 1.</summary>
    public double LeastGain { get; init; } = 1.4;

    /// <summary>How many times as large as the object a window is at least; above 1, so that what lies around the object is seen as well.</summary>
    public double Room { get; init; } = 1.6;

    /// <summary>The smallest side of a window, in original image pixels, at least 1.</summary>
    public int LeastWindow { get; init; } = 160;

    /// <summary>How many windows of an image are remembered, at least 1: a later click on the same object finds its window again.</summary>
    public int MostWindows { get; init; } = 4;

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Check("the far side", FarSide, FarSide >= 1, "at least 1");
        Check("the close side", CloseSide, CloseSide >= 1, "at least 1");
        Check("the least gain", LeastGain, LeastGain > 1 && double.IsFinite(LeastGain), "a finite number above 1");
        Check("the room", Room, Room > 1 && double.IsFinite(Room), "a finite number above 1");
        Check("the least window", LeastWindow, LeastWindow >= 1, "at least 1");
        Check("the number of windows", MostWindows, MostWindows >= 1, "at least 1");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"Nothing can be looked at so: {string.Join("; ", faults)}.");
        }

        void Check(string name, double value, bool isValid, string wanted)
        {
            if (!isValid)
            {
                faults.Add(FormattableString.Invariant($"{name} must be {wanted}, not {value}"));
            }
        }
    }
}
