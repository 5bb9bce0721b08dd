namespace Maskwright.Graphs.Operations;

/// <summary>How often a window fits along an axis.</summary>
internal static class SlidingWindow
{
    /// <param name="axis">The axis that the window slides over.</param>
    /// <param name="window">Its extent, taps that are skipped included.</param>
    /// <param name="stride">Step.</param>
    /// <param name="padding">Elements added on both sides.</param>
    /// <param name="ceil">Whether a last window may overhang.</param>
    public static Dim Count(Dim axis, long window, int stride, int padding, bool ceil = false) =>
        Dim.Of(axis.Expression.Plus(Sizes.SizeExpression.Of((2 * padding) - window + (ceil ? stride - 1 : 0))).DividedBy(stride).Plus(Sizes.SizeExpression.Of(1)));
}
