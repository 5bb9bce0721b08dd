using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>The neighbours of a pixel that lie in the image, by their position row by row.</summary>
internal readonly struct PixelNeighbours(ImageSize size, Connectivity connectivity)
{
    // The four that share a side come first, in raster order.
    private static readonly (int X, int Y)[] _steps = [(0, -1), (-1, 0), (1, 0), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)];

    /// <summary>Lists them.</summary>
    /// <param name="pixel">The pixel's position.</param>
    /// <param name="buffer">Room for eight.</param>
    public ReadOnlySpan<int> Of(int pixel, Span<int> buffer)
    {
        var (y, x) = Math.DivRem(pixel, size.Width);
        var count = 0;
        for (var i = 0; i < (connectivity == Connectivity.Eight ? 8 : 4); i++)
        {
            var (u, v) = (x + _steps[i].X, y + _steps[i].Y);
            if ((uint)u < (uint)size.Width && (uint)v < (uint)size.Height)
            {
                buffer[count++] = (v * size.Width) + u;
            }
        }

        return buffer[..count];
    }
}
