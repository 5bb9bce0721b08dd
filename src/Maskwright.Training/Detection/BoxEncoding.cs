using Maskwright.Networks.MaskRcnn;

namespace Maskwright.Training.Detection;

/// <summary>What a head should say to move one box to another: the reverse of what the network does with its answer.</summary>
/// <remarks>torchvision <c>BoxCoder.encode</c> at 0.14.1.</remarks>
internal static class BoxEncoding
{
    /// <summary>How much shifts of the box head weigh; those of the proposal head weigh 1.</summary>
    public const float RegionCentreWeight = 10;

    /// <summary>How much sides of the box head weigh; those of the proposal head weigh 1.</summary>
    public const float RegionSideWeight = 5;

    /// <summary>Shifts of the centre in sides of the first box, and logarithms of the new sides over the old, each times its weight.</summary>
    /// <param name="from">Of positive sides.</param>
    /// <param name="to">Of positive sides.</param>
    /// <param name="centreWeight">Of the shifts.</param>
    /// <param name="sideWeight">Of the logarithms.</param>
    /// <returns>x, y, width, height.</returns>
    public static float[] Of(RegionBox from, RegionBox to, float centreWeight = 1, float sideWeight = 1) =>
    [
        centreWeight * (to.X0 + (0.5f * to.Width) - (from.X0 + (0.5f * from.Width))) / from.Width,
        centreWeight * (to.Y0 + (0.5f * to.Height) - (from.Y0 + (0.5f * from.Height))) / from.Height,
        sideWeight * MathF.Log(to.Width / from.Width),
        sideWeight * MathF.Log(to.Height / from.Height),
    ];
}
