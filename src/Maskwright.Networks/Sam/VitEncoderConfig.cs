using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>The sizes of SAM's vision transformer; every block may have widths of its own, as pruned ones do.</summary>
public sealed record VitEncoderConfig : ImageEncoderConfig
{
    /// <summary>The side of a patch in pixels; also the stride.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>D, the width of the residual stream.</summary>
    public required int EmbedDim { get; init; }

    /// <summary>The side of an attention window in cells.</summary>
    public int WindowSize { get; init; } = 14;

    /// <summary>The blocks, first to last.</summary>
    public required IReadOnlyList<VitBlockConfig> Blocks { get; init; }

    /// <summary>Added to the variance in layer normalisations.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override int GridSize => ImageSize / PatchSize;

    /// <summary>A transformer whose blocks are all alike but for the ones that attend to the whole image.</summary>
    /// <param name="embedDim">D, the width of the residual stream.</param>
    /// <param name="depth">Number of blocks.</param>
    /// <param name="heads">Attention heads of every block.</param>
    /// <param name="mlpWidth">Hidden width of every block's MLP.</param>
    /// <param name="globalBlocks">Which blocks attend to the whole image.</param>
    public static VitEncoderConfig Uniform(int embedDim, int depth, int heads, int mlpWidth, params int[] globalBlocks) => new()
    {
        EmbedDim = embedDim,
        Blocks = [.. Enumerable.Range(0, depth).Select(i => new VitBlockConfig(heads, embedDim / heads, mlpWidth, globalBlocks.Contains(i)))],
    };

    internal override Value Describe(GraphBuilder g, Value image, Dim channels, Action<string, Value>? tap) => VitEncoder.Describe(g.Scope("image_encoder"), image, this, channels, tap);
}

/// <summary>The sizes of one transformer block.</summary>
/// <param name="Heads">Attention heads.</param>
/// <param name="HeadWidth">Channels of a head.</param>
/// <param name="MlpWidth">Hidden width of the MLP.</param>
/// <param name="IsGlobal">Whether it attends to the whole image rather than to windows.</param>
public sealed record VitBlockConfig(int Heads, int HeadWidth, int MlpWidth, bool IsGlobal);
