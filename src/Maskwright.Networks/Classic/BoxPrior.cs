using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>What a box says about each of the finest regions.</summary>
internal static class BoxPrior
{
    private const int Side = 4;

    /// <summary>How often a place in a box belongs to the object, from the corner (first) to the middle (last), for a quarter of the box; the other quarters
    /// mirror it. Averaged over 30 images of each training set, sets of lines left out.</summary>
    private static readonly float[] Frequency =
    [
        0.18f, 0.32f, 0.46f, 0.53f,
        0.32f, 0.60f, 0.72f, 0.76f,
        0.46f, 0.72f, 0.82f, 0.86f,
        0.52f, 0.76f, 0.86f, 0.88f,
    ];

    /// <summary>Looks up every region.</summary>
    /// <param name="graph">The finest regions.</param>
    /// <param name="box">In working pixels.</param>
    /// <returns>Log odds of lying inside the object; the part of each region inside the box; whether it lies in the box or around it.</returns>
    public static (float[] LogOdds, float[] Share, bool[] IsNear) Of(RegionGraph graph, PixelBox box)
    {
        float[] odds = new float[graph.Regions.Length], share = new float[odds.Length];
        var isNear = new bool[odds.Length];
        double marginX = 8 + (0.3 * box.Width), marginY = 8 + (0.3 * box.Height);
        for (var i = 0; i < graph.Labels.Length; i++)
        {
            double x = (i % graph.Size.Width) + 0.5, y = (i / graph.Size.Width) + 0.5;
            var leaf = graph.Labels[i];
            if (x >= box.X0 && x < box.X1 && y >= box.Y0 && y < box.Y1)
            {
                share[leaf]++;
                odds[leaf] += LogOdds((x - box.X0) / box.Width, (y - box.Y0) / box.Height);
            }

            isNear[leaf] |= x >= box.X0 - marginX && x < box.X1 + marginX && y >= box.Y0 - marginY && y < box.Y1 + marginY;
        }

        for (var leaf = 0; leaf < odds.Length; leaf++)
        {
            odds[leaf] = share[leaf] > 0 ? odds[leaf] / share[leaf] : -4;
            share[leaf] /= graph.Regions[leaf].Area;
        }

        return (odds, share, isNear);
    }

    private static float LogOdds(double u, double v)
    {
        float x = Position(u), y = Position(v);
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, Side - 1), bottom = Math.Min(top + 1, Side - 1);
        float upper = Mix(Frequency[(top * Side) + left], Frequency[(top * Side) + right], x - left);
        float lower = Mix(Frequency[(bottom * Side) + left], Frequency[(bottom * Side) + right], x - left);
        var frequency = Mix(upper, lower, y - top);
        return MathF.Log(frequency / (1 - frequency));
    }

    private static float Position(double share) => (float)Math.Clamp((Math.Min(share, 1 - share) * 2 * Side) - 0.5, 0, Side - 1);

    private static float Mix(float one, float other, float share) => one + (share * (other - one));
}
