using System.Text.Json.Serialization;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Semantic;
using static Maskwright.Graphs.Weights.Keys.KeyRule;

namespace Maskwright.Networks.UNet;

/// <summary>A U-Net: a path that halves the map and doubles the channels, and one that comes back and reads the maps of the first on its way.</summary>
/// <remarks>
/// Ronneberger et al. 2015. Parameter names, the padded form and both ways of enlarging are those of milesial/Pytorch-UNet at 21d7850. In the original's form
/// convolutions have no borders: the scores are smaller than the image by <see cref="ContextPixels"/> on every side, to be filled by mirroring.
/// </remarks>
public sealed record UNetConfig : SemanticNetworkConfig
{
    /// <summary>Channels of the first map; doubled with every level.</summary>
    public int Width { get; init; } = 64;

    /// <summary>How often the map is halved.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Whether maps are enlarged by bilinear interpolation (corners aligned) instead of by transposed convolutions.</summary>
    public bool Bilinear { get; init; }

    /// <summary>Whether every convolution is followed by a batch normalisation.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Whether convolutions have no borders, as in the original; sizes must then be such that every halved map is even.</summary>
    public bool IsValid { get; init; }

    /// <summary>Share of channels zeroed at the bottom while training; the original drops there.</summary>
    public double BottomDropout { get; init; }

    /// <summary>The padded form with transposed convolutions: 31 million parameters.</summary>
    public static UNetConfig Padded { get; } = new() { Name = "unet", ClassCount = 2, Normalisation = PixelNormalisation.UnitRange };

    /// <summary>The padded form with bilinear enlarging: 17 million parameters.</summary>
    public static UNetConfig PaddedBilinear { get; } = Padded with { Name = "unet-bilinear", Bilinear = true };

    /// <summary>The form of the paper: no borders, no batch normalisation, dropout at the bottom.</summary>
    public static UNetConfig Original { get; } = Padded with { Name = "unet-original", BatchNorm = false, IsValid = true, BottomDropout = 0.5 };

    /// <inheritdoc/>
    /// <remarks>4 pixels at each level on the way down and again on the way up, of 2^level image pixels: 92 for the original's depth of 4.</remarks>
    [JsonIgnore]
    public override int ContextPixels => IsValid ? (2 * ((1 << (Depth + 1)) - 1)) + (2 * ((1 << Depth) - 1)) : 0;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<KeyMap> Layouts { get; } = [new KeyMap("milesial U-Net", [Ignore("{*module}.num_batches_tracked"), Ignore("mask_values"), Keep("{*name}")])];

    // Without borders only some sizes halve evenly all the way down; each follows from the size at the bottom.
    internal override int OutputSideFor(int side)
    {
        var (scale, lost) = (1 << Depth, 4 * ((1 << Depth) - 1));
        return IsValid ? (((Math.Max(side, 1) + lost + scale - 1) / scale) * scale) - lost : base.OutputSideFor(side);
    }

    internal override (Value Logits, Value? Auxiliary) Describe(GraphBuilder g, Value image, Action<string, Value> stage)
    {
        var skips = new Stack<Value>();
        var x = DoubleConvolution.Describe(g, image, "inc.double_conv", Width, Width, this);
        stage("inc", x);
        var narrowing = Bilinear ? 2 : 1;
        for (var level = 1; level <= Depth; level++)
        {
            skips.Push(x);
            var channels = ((long)Width << level) / (level == Depth ? narrowing : 1);
            x = DoubleConvolution.Describe(g, g.MaxPool2d(x, 2, 2), $"down{level}.maxpool_conv.1.double_conv", channels, channels, this);
            stage($"down{level}", x);
        }

        x = BottomDropout > 0 ? g.Dropout(x, BottomDropout) : x;
        for (var level = Depth; level >= 1; level--)
        {
            var name = $"up{Depth - level + 1}";
            x = Join(g, Enlarge(g, x, $"{name}.up", (long)Width << (level - 1)), skips.Pop());
            var channels = ((long)Width << (level - 1)) / (level > 1 ? narrowing : 1);
            var inner = Bilinear ? x.Shape[1].Size!.Value / 2 : channels; // channels are known
            x = DoubleConvolution.Describe(g, x, $"{name}.conv.double_conv", inner, channels, this);
            stage(name, x);
        }

        return (g.Conv2d(x, "outc.conv", ClassCount, 1), null);
    }

    private Value Enlarge(GraphBuilder g, Value x, string name, long channels) =>
        Bilinear ? g.Enlarge(x, 2, alignCorners: true) : g.ConvTranspose2d(x, name, new Dim(name, channels), 2, 2);

    // The padded form adds what a halving lost; the form without borders cuts the skipped map.
    private Value Join(GraphBuilder g, Value x, Value skipped) =>
        IsValid ? g.Concat(1, g.CropLike(skipped, x), x) : g.Concat(1, skipped, g.PadLike(x, skipped));
}
