namespace Maskwright.Networks.Classic;

/// <summary>How unlikely it is that two touching regions belong to one object: a logistic function of a few cues.</summary>
/// <param name="Bias">Constant.</param>
/// <param name="Boundary">Of the mean boundary strength along their border.</param>
/// <param name="Color">Of the difference of their colour histograms.</param>
/// <param name="Texture">Of the difference of their texture histograms.</param>
/// <param name="SmallerArea">Of ln(area of the smaller / area of the image).</param>
/// <param name="LargerArea">Of ln(area of the larger / area of the image).</param>
/// <param name="Enclosure">Of the part of the smaller one's outline that they share.</param>
/// <param name="UnrestOfSmaller">Of the mean boundary strength inside the smaller one.</param>
/// <param name="UnrestOfLarger">Of the mean boundary strength inside the larger one.</param>
internal readonly record struct MergeCost(
    float Bias, float Boundary, float Color, float Texture, float SmallerArea, float LargerArea, float Enclosure, float UnrestOfSmaller, float UnrestOfLarger)
{
    /// <summary>Weighs boundaries first.</summary>
    public static MergeCost BoundaryFirst { get; } = new(4.5f, 2.2f, 0.75f, 0.4f, 0.4f, 0.2f, -2f, -1.1f, -1.34f);

    /// <summary>Weighs colour first.</summary>
    public static MergeCost ColorFirst { get; } = new(5f, 1f, 1.8f, 0.6f, 0.5f, 0.2f, -1.5f, -0.6f, -0.6f);

    /// <summary>Keeps regions of one size.</summary>
    public static MergeCost SizeFirst { get; } = new(11f, 2.2f, 0.75f, 0.4f, 1.2f, 0.6f, -1f, -1.1f, -1.34f);

    /// <summary>One for each tree.</summary>
    public static IReadOnlyList<MergeCost> All { get; } = [BoundaryFirst, ColorFirst, SizeFirst];

    /// <summary>Weighs the cues of a border.</summary>
    /// <returns>0 to 1; 1 when they are surely two objects.</returns>
    public float Of(in BorderCues cues)
    {
        var sum = Bias + (Boundary * Log(cues.Boundary)) + (Color * Log(cues.Color)) + (Texture * Log(cues.Texture))
            + (SmallerArea * cues.LogSmallerArea) + (LargerArea * cues.LogLargerArea) + (Enclosure * cues.Enclosure)
            + (UnrestOfSmaller * Log(cues.UnrestOfSmaller)) + (UnrestOfLarger * Log(cues.UnrestOfLarger));
        return 1 / (1 + MathF.Exp(-sum));
    }

    private static float Log(float cue) => MathF.Log(cue + 0.2f);
}
