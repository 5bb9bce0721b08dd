namespace Maskwright.Networks.Classic;

/// <summary>The pixels that share a side with a pixel.</summary>
internal static class PixelNeighbours
{
    /// <summary>Lists them.</summary>
    /// <param name="pixel">Index, row by row.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="neighbours">At least 4 places.</param>
    /// <returns>How many there are: 4, less at the border.</returns>
    public static int Of(int pixel, int width, int height, Span<int> neighbours)
    {
        int x = pixel % width, y = pixel / width, count = 0;
        if (x > 0)
        {
            neighbours[count++] = pixel - 1;
        }

        if (x < width - 1)
        {
            neighbours[count++] = pixel + 1;
        }

        if (y > 0)
        {
            neighbours[count++] = pixel - width;
        }

        if (y < height - 1)
        {
            neighbours[count++] = pixel + width;
        }

        return count;
    }
}
