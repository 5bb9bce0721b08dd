using Maskwright.Graphs;
using Maskwright.Networks.Sam;

namespace Maskwright.Networks.MobileSam;

/// <summary>The sizes of TinyViT: one convolutional stage, then stages of windowed attention.</summary>
/// <remarks>Wu et al. 2022; MobileSAM at 34bbbfd.</remarks>
public sealed record TinyVitConfig : ImageEncoderConfig
{
    /// <summary>Channels of every stage.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [64, 128, 160, 320];

    /// <summary>Blocks of every stage.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [2, 2, 6, 2];

    /// <summary>Attention heads of every stage; the first has no attention.</summary>
    public IReadOnlyList<int> Heads { get; init; } = [2, 4, 5, 10];

    /// <summary>The side of the attention windows of every stage, in cells; the first has no attention.</summary>
    public IReadOnlyList<int> Windows { get; init; } = [7, 7, 14, 7];

    /// <summary>How much wider the hidden layer of an MLP or an inverted bottleneck is.</summary>
    public int Expansion { get; init; } = 4;

    /// <summary>The side of the depthwise window between attention and MLP.</summary>
    public int LocalKernel { get; init; } = 3;

    /// <inheritdoc/>
    public override int GridSize => ImageSize / 16; // the last stage does not halve the map again

    internal override Value Describe(GraphBuilder g, Value image, Dim channels, Action<string, Value>? tap) => TinyVit.Describe(g.Scope("image_encoder"), image, this, channels, tap);
}

/// <summary>MobileSAM: SAM with TinyViT as its image encoder, 10 million parameters.</summary>
public static class MobileSamConfig
{
    /// <summary>The published sizes.</summary>
    public static SamConfig Default { get; } = new() { Name = "mobile-sam", Encoder = new TinyVitConfig() };
}
