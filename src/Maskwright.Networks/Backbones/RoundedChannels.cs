namespace Maskwright.Networks.Backbones;

/// <summary>Channel counts that are multiples of eight, as MobileNets have them.</summary>
internal static class RoundedChannels
{
    /// <summary>The nearest multiple of eight that is not below nine tenths of the number.</summary>
    public static int Of(double channels)
    {
        var rounded = Math.Max(8, (int)(channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }
}
