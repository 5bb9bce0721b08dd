namespace Maskwright.Networks.Classic;

/// <summary>How likely an object's edge runs through each pixel, by orientation.</summary>
/// <remarks>After the local cue of Arbelaez et al. 2011 (gPb): the histograms of the two sides of a line through the pixel are compared at several
/// scales. Deviation: the half-discs are blurred spots on both sides of the line, so that one blur a scale serves all orientations.</remarks>
internal sealed class BoundaryMap
{
    /// <summary>Orientations of the line: k * 180 / 8 degrees.</summary>
    public const int Orientations = 8;

    private static readonly (int Radius, float Distance, float Weight)[] Scales = [(0, 1f, 0.3f), (1, 2f, 0.3f), (3, 5f, 0.3f), (8, 13f, 0.3f)];
    private const int FullStrength = 400;

    private BoundaryMap(ushort[] oriented, ushort[] strongest)
    {
        Oriented = oriented;
        Strongest = strongest;
    }

    /// <summary>[h,w,8] strength; 960 is the difference of two histograms that share nothing.</summary>
    public ushort[] Oriented { get; }

    /// <summary>[h,w] the strength of the strongest orientation.</summary>
    public ushort[] Strongest { get; }

    /// <summary>The strength at a pixel, about 0 to 1.</summary>
    public float At(int pixel) => Strongest[pixel] * (1f / FullStrength);

    /// <summary>The strength of an edge of one orientation between two pixels that share a side.</summary>
    /// <returns>About 0 to 1; never negative.</returns>
    public float Between(int one, int other, int orientation) =>
        (Oriented[(one * Orientations) + orientation] + Oriented[(other * Orientations) + orientation]) * (0.5f / FullStrength);

    /// <summary>[h,w] the strength in levels, for a watershed.</summary>
    public byte[] Surface() => [.. Strongest.Select(strength => (byte)Math.Min(Watershed.MaxLevel, strength / 20))];

    /// <summary>Compares both sides of every line at every scale.</summary>
    /// <param name="cues">[h,w,32] histograms of single pixels.</param>
    /// <param name="width">Pixels across, w.</param>
    /// <param name="height">Pixels down, h.</param>
    /// <param name="cancellationToken">Stops between scales.</param>
    public static BoundaryMap Compute(byte[] cues, int width, int height, CancellationToken cancellationToken)
    {
        var oriented = new ushort[width * height * Orientations];
        byte[] blurred = GC.AllocateUninitializedArray<byte>(cues.Length), between = GC.AllocateUninitializedArray<byte>(cues.Length);
        foreach (var (radius, distance, weight) in Scales)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (radius > 0)
            {
                CueBlur.BlurTwice(cues, blurred, between, width, height, radius);
            }

            OrientedContrast.Add(radius > 0 ? blurred : cues, width, height, distance, (int)(weight * 256), oriented);
        }

        var strongest = new ushort[width * height];
        for (var i = 0; i < strongest.Length; i++)
        {
            var best = oriented[i * Orientations];
            for (var k = 1; k < Orientations; k++)
            {
                best = Math.Max(best, oriented[(i * Orientations) + k]);
            }

            strongest[i] = best;
        }

        return new BoundaryMap(oriented, strongest);
    }
}
