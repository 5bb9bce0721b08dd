using Maskwright.Images;

namespace Maskwright.Cli.Terminal;

/// <summary>Shows a picture in the terminal, in the best way that it offers.</summary>
internal static class TerminalPicture
{
    private const int MaxColumns = 120, MaxRows = 40;
    private const int SixelWidth = 800, SixelHeight = 600;

    /// <summary>Draws the picture at the cursor.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="png">The same picture as a PNG file, for terminals that decode it themselves.</param>
    /// <param name="surroundings">The terminal.</param>
    public static void Show(RgbImage image, Func<byte[]> png, Surroundings surroundings)
    {
        var columns = Math.Min(surroundings.Width - 1, MaxColumns);
        switch (TerminalDetection.Detect(surroundings.Variable))
        {
            case TerminalGraphics.Kitty:
                EncodedPicture.WriteKitty(png(), Math.Min(columns, 80), surroundings.Out);
                break;
            case TerminalGraphics.ITerm:
                EncodedPicture.WriteITerm(png(), Math.Min(columns, 80), surroundings.Out);
                break;
            case TerminalGraphics.Sixel:
                SixelPicture.Write(AreaReduction.Fit(image, SixelWidth, SixelHeight), surroundings.Out);
                break;
            default:
                BlockPicture.Write(AreaReduction.Fit(image, columns, MaxRows * 2), surroundings.Out);
                break;
        }
    }
}
