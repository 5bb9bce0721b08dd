using Maskwright.Geometry;

namespace Maskwright.Segmentation;

/// <summary>Which part of an image to look at to see an object well.</summary>
internal static class LookWindow
{
    // Sides of windows grow by the square root of two, and windows lie on eighths of their sides, so that a mask that changes a little has the same window.
    private const int SidesAnOctave = 2, PlacesASide = 8;

    /// <summary>The window around an object; it depends on nothing but what is given.</summary>
    /// <param name="extent">The object's box, in original image pixels.</param>
    /// <param name="image">The image's size.</param>
    /// <param name="seen">The part of the image in which the object was found.</param>
    /// <param name="seenSide">The longest side at which that part was looked at.</param>
    /// <param name="options">How much room, and when it is worth the time.</param>
    /// <returns>Null when it would show too little that was not seen before.</returns>
    public static PixelRect? Around(PixelBox extent, ImageSize image, PixelRect seen, int seenSide, CloserLookOptions options)
    {
        var octaves = Math.Log2(options.Room * Math.Max(extent.Width, extent.Height) / options.LeastWindow);
        var steps = Math.Max(0, Math.Ceiling(octaves * SidesAnOctave));
        var side = options.LeastWindow * Math.Pow(2, steps / SidesAnOctave);
        var (x, width) = Place((extent.X0 + extent.X1) / 2, side, image.Width);
        var (y, height) = Place((extent.Y0 + extent.Y1) / 2, side, image.Height);
        var window = new PixelRect(x, y, width, height);
        return Fineness(window, options.CloseSide) >= options.LeastGain * Fineness(seen, seenSide) ? window : null;
    }

    private static (int Start, int Length) Place(double middle, double side, int pixels)
    {
        if (side >= pixels)
        {
            return (0, pixels);
        }

        var (length, step) = ((int)side, side / PlacesASide);
        return (Math.Clamp((int)(Math.Round((middle - (side / 2)) / step) * step), 0, pixels - length), length);
    }

    // Pixels of a network's frame for a pixel of the image; more than one show no more than one.
    private static double Fineness(PixelRect part, int side) => Math.Min(1, (double)side / part.Size.LongestSide);
}
