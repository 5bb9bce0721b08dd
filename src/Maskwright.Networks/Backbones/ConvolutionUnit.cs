using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.Backbones;

/// <summary>A convolution, its batch normalisation and its activation: what these networks are made of.</summary>
internal static class ConvolutionUnit
{
    /// <param name="g">The network, in the scope of the unit.</param>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="convolution">Name of the convolution.</param>
    /// <param name="normalisation">Name of the batch normalisation.</param>
    /// <param name="channels">Channels of the result.</param>
    /// <param name="shape">Kernel, step and so on.</param>
    /// <param name="activation">Null for none.</param>
    /// <returns>[B,channels,H',W'].</returns>
    public static Value Describe(GraphBuilder g, Value x, string convolution, string normalisation, Dim channels, UnitShape shape, UnaryFunction? activation = UnaryFunction.Relu)
    {
        var y = g.Conv2d(x, convolution, channels, shape.Kernel, shape.Stride, shape.PaddingOrSame, shape.Dilation, shape.Groups, shape.Bias);
        y = g.BatchNorm2d(y, normalisation, shape.Epsilon);
        return activation is { } function ? g.Apply("activation", new Unary(function), y) : y;
    }
}

/// <summary>The settings of a convolution unit; padding keeps the size where the step is 1, unless given.</summary>
internal sealed record UnitShape(int Kernel, int Stride = 1, int Dilation = 1, int Groups = 1, int? Padding = null, bool Bias = false, double Epsilon = 1e-5)
{
    public int PaddingOrSame => Padding ?? (Kernel - 1) / 2 * Dilation;
}
