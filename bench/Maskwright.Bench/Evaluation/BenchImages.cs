using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using NetVips;

namespace Maskwright.Bench.Evaluation;

/// <summary>Images and labels of the evaluation sets, and pictures for people to look at.</summary>
internal static class BenchImages
{
    /// <summary>Reads a picture.</summary>
    public static RgbImage ReadRgb(string file)
    {
        using var image = NetVips.Image.NewFromFile(file, access: Enums.Access.Sequential);
        using var rgb = image.Colourspace(Enums.Interpretation.Srgb);
        using var three = rgb.Bands > 3 ? rgb.ExtractBand(0, 3) : rgb.Bands == 1 ? rgb.Bandjoin(rgb, rgb) : rgb.Copy();
        using var bytes = three.Cast(Enums.BandFormat.Uchar);
        return new RgbImage(bytes.Width, bytes.Height, bytes.WriteToMemory<byte>());
    }

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
