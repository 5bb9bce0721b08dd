using System.Globalization;
using System.Text;
using Maskwright.Images;

namespace Maskwright.Cli.Terminal;

/// <summary>Draws a picture with upper half blocks: foreground is the upper pixel, background the lower one.</summary>
internal static class BlockPicture
{
    /// <summary>Writes the picture, one line of text for two rows of pixels.</summary>
    public static void Write(RgbImage image, TextWriter target)
    {
        var line = new StringBuilder();
        for (var y = 0; y < image.Height; y += 2)
        {
            line.Clear();
            string? last = null;
            for (var x = 0; x < image.Width; x++)
            {
                var colours = Colours(image, x, y);
                line.Append(colours == last ? string.Empty : colours).Append('▀');
                last = colours;
            }

            target.WriteLine(line.Append("\x1b[0m"));
        }
    }

    private static string Colours(RgbImage image, int x, int y)
    {
        var upper = image.Row(y).Slice(x * 3, 3);
        var foreground = string.Create(CultureInfo.InvariantCulture, $"\x1b[38;2;{upper[0]};{upper[1]};{upper[2]}");
        if (y + 1 >= image.Height)
        {
            return foreground + "m\x1b[49m";
        }

        var lower = image.Row(y + 1).Slice(x * 3, 3);
        return foreground + string.Create(CultureInfo.InvariantCulture, $";48;2;{lower[0]};{lower[1]};{lower[2]}m");
    }
}
