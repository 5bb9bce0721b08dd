using Maskwright.Graphs;

namespace Maskwright.Training.Tests.Gradients;

/// <summary>A U-Net of a few thousand parameters, under the names of milesial/Pytorch-UNet.</summary>
internal static class SmallUNet
{
    private const int Width = 8;

    public static Graph Describe(int batch, int height, int width, int classes, bool bilinear)
    {
        var g = new GraphBuilder("small-unet");
        var skips = new Stack<Value>();
        var x = Twice(g, g.Input("x", batch, 3, height, width), "inc", Width, Width);
        for (var level = 1; level <= 4; level++)
        {
            skips.Push(x);
            var channels = (Width << level) / (level == 4 && bilinear ? 2 : 1);
            x = Twice(g, g.MaxPool2d(x, 2, 2), $"down{level}.maxpool_conv.1", channels, channels);
        }

        for (var level = 1; level <= 4; level++)
        {
            var (below, skipped) = (Width << (5 - level), skips.Pop());
            var channels = below / 2 / (level < 4 && bilinear ? 2 : 1);
            x = bilinear ? g.Enlarge(x, 2, alignCorners: true) : g.ConvTranspose2d(x, $"up{level}.up", below / 2, 2, 2);
            x = g.Concat(1, skipped, g.PadLike(x, skipped));
            x = Twice(g, x, $"up{level}.conv", bilinear ? below / 2 : channels, channels);
        }

        g.Output("logits", g.Conv2d(x, "outc.conv", classes, 1));
        return g.Build();
    }

    private static Value Twice(GraphBuilder g, Value x, string name, int inner, int channels)
    {
        g = g.Scope($"{name}.double_conv");
        x = g.Relu(g.BatchNorm2d(g.Conv2d(x, "0", inner, 3, padding: 1, bias: false), "1"));
        return g.Relu(g.BatchNorm2d(g.Conv2d(x, "3", channels, 3, padding: 1, bias: false), "4"));
    }
}
