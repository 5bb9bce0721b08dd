namespace Maskwright.Networks.Classic;

/// <summary>How unlikely it is that two touching regions belong to one object: a logistic function of a few cues.</summary>
/// <param name="Bias">Constant.</param>
/// <param name="Boundary">Of the mean boundary strength along their border.</param>
/// <param name="Color">Of the difference of their colour histograms.</param>
/// <param name="Texture">Of the difference of their texture histograms.</param>
/// <param name="SmallerArea">Of ln(area of the smaller / area of the image).</param>
/// <param name="LargerArea">Of ln(area of the larger / area of the image).</param>
/// <param name="Enclosure">Of the part of the smaller one's outline that they share.</param>
internal readonly record struct MergeCost(
    float Bias, float Boundary, float Color, float Texture, float SmallerArea, float LargerArea, float Enclosure)
{
    /// <summary>Cues of equal weight for colour and boundaries.</summary>
    public static MergeCost Balanced { get; } = new(-1.5f, 6f, 5f, 2f, 0.35f, 0.05f, -1f);

    /// <summary>Counts colour more than boundaries.</summary>
    public static MergeCost ColorFirst { get; } = new(-1.5f, 2f, 9f, 3f, 0.35f, 0.05f, -1f);

    /// <summary>One for each tree.</summary>
    public static IReadOnlyList<MergeCost> All { get; } = [Balanced, ColorFirst];

    /// <summary>Weighs the cues of a border.</summary>
    /// <returns>0 to 1; 1 when they are surely two objects.</returns>
    public float Of(in BorderCues cues)
    {
        var sum = Bias + (Boundary * cues.Boundary) + (Color * cues.Color) + (Texture * cues.Texture)
            + (SmallerArea * cues.LogSmallerArea) + (LargerArea * cues.LogLargerArea) + (Enclosure * cues.Enclosure);
        return 1 / (1 + MathF.Exp(-sum));
    }
}
