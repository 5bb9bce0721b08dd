using Maskwright.Graphs;

namespace Maskwright.Networks.UNet;

/// <summary>Two 3x3 convolutions, each with an activation and, where asked, a batch normalisation.</summary>
internal static class DoubleConvolution
{
    /// <param name="g">The network, in the scope of the block.</param>
    /// <param name="x">[B,C,H,W].</param>
    /// <param name="name">The block's name; layers below it count as PyTorch's <c>Sequential</c> does.</param>
    /// <param name="inner">Channels between the two.</param>
    /// <param name="channels">Channels of the result.</param>
    /// <param name="config">Whether there are borders and normalisations.</param>
    /// <returns>[B,channels,H,W], 4 pixels less in each direction without borders.</returns>
    public static Value Describe(GraphBuilder g, Value x, string name, long inner, long channels, UNetConfig config)
    {
        var step = config.BatchNorm ? 3 : 2;
        x = Unit(g, x, $"{name}.0", $"{name}.1", new Dim($"{name}.inner", inner), config);
        return Unit(g, x, $"{name}.{step}", $"{name}.{step + 1}", new Dim(name, channels), config);
    }

    private static Value Unit(GraphBuilder g, Value x, string convolution, string normalisation, Dim channels, UNetConfig config)
    {
        x = g.Conv2d(x, convolution, channels, 3, padding: config.IsValid ? 0 : 1, bias: !config.BatchNorm);
        return g.Relu(config.BatchNorm ? g.BatchNorm2d(x, normalisation) : x);
    }
}
