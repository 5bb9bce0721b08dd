using System.Globalization;
using Maskwright.Geometry;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Inputs;

/// <summary>Points and boxes as text.</summary>
internal static class PromptSyntax
{
    /// <summary>Reads <c>x,y</c> or <c>x,y,1</c> (on the object) or <c>x,y,0</c> (beside it).</summary>
    /// <exception cref="FormatException">The text is no point.</exception>
    public static PromptPoint Point(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is not (2 or 3) || (parts.Length == 3 && parts[2] is not ("0" or "1")))
        {
            throw new FormatException($"'{text}' is not a point: write x,y for a position on the object, x,y,0 for one beside it (pixels from the top left).");
        }

        return new PromptPoint(Number(parts[0], text), Number(parts[1], text), parts.Length == 2 || parts[2] == "1");
    }

    /// <summary>Reads <c>x0,y0,x1,y1</c>: left, top, right, bottom.</summary>
    /// <exception cref="FormatException">The text is no box.</exception>
    public static PixelBox Box(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 4)
        {
            throw new FormatException($"'{text}' is not a box: write x0,y0,x1,y1 for left, top, right, bottom (pixels from the top left).");
        }

        var box = new PixelBox(Number(parts[0], text), Number(parts[1], text), Number(parts[2], text), Number(parts[3], text));
        return box.X1 > box.X0 && box.Y1 > box.Y0
            ? box
            : throw new FormatException($"The box '{text}' is empty: it must be left, top, right, bottom with left < right and top < bottom. Not x,y,width,height.");
    }

    private static double Number(string part, string text) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"'{part}' in '{text}' is not a finite number.");
}
