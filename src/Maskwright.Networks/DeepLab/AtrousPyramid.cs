using Maskwright.Graphs;
using Maskwright.Networks.Backbones;

namespace Maskwright.Networks.DeepLab;

/// <summary>Atrous spatial pyramid pooling: one map seen through a 1x1 convolution, dilated 3x3 ones, and its mean.</summary>
/// <remarks>Chen et al. 2017 (DeepLab v3); torchvision <c>ASPP</c> at 0.14.1, whose names and order of layers it keeps.</remarks>
internal static class AtrousPyramid
{
    /// <param name="g">The network, in the scope of the pyramid.</param>
    /// <param name="x">[B,C,h,w].</param>
    /// <param name="rates">Dilations of the 3x3 convolutions.</param>
    /// <param name="width">Channels of every branch and of the result.</param>
    /// <param name="dropoutRate">Share of elements zeroed at the end while training.</param>
    /// <param name="stage">Told the value of each branch.</param>
    /// <returns>[B,width,h,w].</returns>
    public static Value Describe(GraphBuilder g, Value x, IReadOnlyList<int> rates, int width, double dropoutRate, Action<string, Value>? stage = null)
    {
        var branches = new List<Value> { Branch(g.Scope("convs.0"), x, width, new UnitShape(1)) };
        branches.AddRange(rates.Select((rate, i) => Branch(g.Scope($"convs.{i + 1}"), x, width, new UnitShape(3, Dilation: rate))));
        var mean = ConvolutionUnit.Describe(g.Scope($"convs.{rates.Count + 1}"), g.GlobalAveragePool2d(x), "1", "2", new Dim("mean", width), new UnitShape(1));
        branches.Add(g.ResizeLike(mean, x)); // [B,width,1,1] -> [B,width,h,w]
        for (var i = 0; i < branches.Count; i++)
        {
            stage?.Invoke($"aspp_branch{i}", branches[i]);
        }

        var joined = g.Concat(1, [.. branches]);
        return g.Dropout(Branch(g.Scope("project"), joined, width, new UnitShape(1)), dropoutRate);
    }

    private static Value Branch(GraphBuilder g, Value x, int width, UnitShape shape) => ConvolutionUnit.Describe(g, x, "0", "1", new Dim("branch", width), shape);
}
