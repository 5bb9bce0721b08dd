namespace Maskwright.Networks.Semantic;

/// <summary>How 8-bit samples become a network's input: (sample/255 - mean)/deviation.</summary>
/// <param name="Mean">One number for each of red, green and blue, in [0,1].</param>
/// <param name="Deviation">One number for each of red, green and blue.</param>
public sealed record PixelNormalisation(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>What torchvision's networks were trained with.</summary>
    public static PixelNormalisation ImageNet { get; } = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>Samples divided by 255, nothing more.</summary>
    public static PixelNormalisation UnitRange { get; } = new([0, 0, 0], [1, 1, 1]);

    /// <summary>Writes an image as a network's input.</summary>
    /// <param name="rgb">[H,W,3] samples, row by row.</param>
    /// <param name="target">[3,H,W].</param>
    public void Apply(ReadOnlySpan<byte> rgb, Span<float> target)
    {
        var plane = target.Length / 3;
        for (var c = 0; c < 3; c++)
        {
            var (mean, deviation) = ((float)Mean[c], (float)Deviation[c]);
            for (var i = 0; i < plane; i++)
            {
                target[(c * plane) + i] = ((rgb[(3 * i) + c] / 255f) - mean) / deviation;
            }
        }
    }
}
