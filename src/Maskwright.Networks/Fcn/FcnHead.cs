using Maskwright.Graphs;
using Maskwright.Networks.Backbones;

namespace Maskwright.Networks.Fcn;

/// <summary>A 3x3 convolution to a quarter of the channels, then a score for each class.</summary>
/// <remarks>torchvision <c>FCNHead</c> at 0.14.1; also the auxiliary head of DeepLab.</remarks>
internal static class FcnHead
{
    private const double DropoutRate = 0.1;

    /// <param name="g">The network, in the scope of the head.</param>
    /// <param name="x">[B,C,h,w].</param>
    /// <param name="classes">K.</param>
    /// <returns>[B,K,h,w].</returns>
    public static Value Describe(GraphBuilder g, Value x, int classes)
    {
        var inner = new Dim("head", Math.Max(1, x.Shape[1].Size!.Value / 4)); // channels are known
        return g.Conv2d(g.Dropout(ConvolutionUnit.Describe(g, x, "0", "1", inner, new UnitShape(3)), DropoutRate), "4", classes, 1);
    }
}
