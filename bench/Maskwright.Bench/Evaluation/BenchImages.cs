using Maskwright.Geometry;
using Maskwright.Masks;
using NetVips;

namespace Maskwright.Bench.Evaluation;

/// <summary>Images and labels of the evaluation sets, and pictures for people to look at.</summary>
internal static class BenchImages
{
    /// <summary>Reads a label PNG of 8 or 16 bits.</summary>
    public static LabelMap ReadLabels(string file)
    {
        using var image = NetVips.Image.NewFromFile(file);
        using var first = image.ExtractBand(0);
        using var wide = first.Cast(Enums.BandFormat.Int);
        return new LabelMap(new ImageSize(wide.Width, wide.Height), wide.WriteToMemory<int>());
    }

    /// <summary>Writes a picture; the name's ending says the format.</summary>
    public static void Write(string file, int width, int height, byte[] rgb)
    {
        using var image = NetVips.Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using var tagged = image.Copy(interpretation: Enums.Interpretation.Srgb);
        tagged.WriteToFile(file);
    }
}
