namespace Maskwright.Networks.Classic;

/// <summary>How deep a pixel lies inside a mask, or how far outside: logits whose zero line is the mask's outline.</summary>
/// <remarks>Chamfer distance with steps 3 and 4 (Borgefors 1986), lightly smoothed so that enlarging gives even contours; no pixel changes sides.</remarks>
internal static class SignedDistance
{
    /// <summary>Distances beyond this many pixels are cut to it.</summary>
    public const float Limit = 8;

    private const int Straight = 3, Diagonal = 4;

    /// <summary>Measures the distances.</summary>
    /// <param name="mask">[h,w] true inside.</param>
    /// <param name="width">Pixels across, w.</param>
    /// <param name="height">Pixels down, h.</param>
    /// <returns>[h,w] pixels; positive inside, negative outside, never 0.</returns>
    public static float[] Logits(bool[] mask, int width, int height)
    {
        int[] toOutside = Chamfer(mask, width, height, isSource: false), toInside = Chamfer(mask, width, height, isSource: true);
        var signed = new float[mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            var distance = (Math.Max(toOutside[i], toInside[i]) / (float)Straight) - 0.5f;
            signed[i] = mask[i] ? Math.Min(distance, Limit) : -Math.Min(distance, Limit);
        }

        return Smooth(signed, width, height);
    }

    private static int[] Chamfer(bool[] mask, int width, int height, bool isSource)
    {
        var far = (int)(Limit + 1) * Straight;
        var distance = new int[mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            distance[i] = mask[i] == isSource ? 0 : far;
        }

        for (var i = 0; i < mask.Length; i++)
        {
            Sweep(distance, i, width, height, -1);
        }

        for (var i = mask.Length - 1; i >= 0; i--)
        {
            Sweep(distance, i, width, height, 1);
        }

        return distance;
    }

    /// <summary>Looks at the four neighbours that the sweep has already passed.</summary>
    private static void Sweep(int[] distance, int i, int width, int height, int direction)
    {
        var best = distance[i];
        if (best == 0)
        {
            return;
        }

        int x = i % width, row = (i / width) + direction;
        if ((uint)(x + direction) < (uint)width)
        {
            best = Math.Min(best, distance[i + direction] + Straight);
        }

        if ((uint)row < (uint)height)
        {
            var at = (row * width) + x;
            best = Math.Min(best, distance[at] + Straight);
            best = x > 0 ? Math.Min(best, distance[at - 1] + Diagonal) : best;
            best = x < width - 1 ? Math.Min(best, distance[at + 1] + Diagonal) : best;
        }

        distance[i] = best;
    }

    private static float[] Smooth(float[] signed, int width, int height)
    {
        const float Floor = 0.05f;
        var across = new float[signed.Length];
        for (var i = 0; i < signed.Length; i++)
        {
            var x = i % width;
            across[i] = 0.25f * (signed[x > 0 ? i - 1 : i] + (2 * signed[i]) + signed[x < width - 1 ? i + 1 : i]);
        }

        var result = new float[signed.Length];
        for (var i = 0; i < signed.Length; i++)
        {
            var y = i / width;
            var value = 0.25f * (across[y > 0 ? i - width : i] + (2 * across[i]) + across[y < height - 1 ? i + width : i]);
            result[i] = signed[i] > 0 ? Math.Max(value, Floor) : Math.Min(value, -Floor);
        }

        return result;
    }
}
