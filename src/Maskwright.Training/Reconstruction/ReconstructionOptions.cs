namespace Maskwright.Training.Reconstruction;

/// <summary>What is hidden of a photo, for a network to say what was there.</summary>
public sealed record ReconstructionOptions
{
    /// <summary>The part of a crop's blocks that is hidden, in (0,1).</summary>
    public double HiddenFraction { get; init; } = 0.6;

    /// <summary>Pixels across and down of a block; a multiple of 8 that divides the crops' sides.</summary>
    public int BlockPixels { get; init; } = 32;

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        List<string> faults =
        [
            .. HiddenFraction is > 0 and < 1 ? (IEnumerable<string>)[] : [$"reconstruction.hiddenFraction {HiddenFraction} is not between 0 and 1"],
            .. BlockPixels is 8 or 16 or 32 ? (IEnumerable<string>)[] : [$"reconstruction.blockPixels {BlockPixels} is not 8, 16 or 32"],
        ];
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }
    }
}
