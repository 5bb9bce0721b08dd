namespace Maskwright.Graphs.Kernels;

/// <summary>The sizes of one attention with decomposed relative position.</summary>
/// <param name="Batch">B, number of maps; at least 1.</param>
/// <param name="Height">h, rows of tokens in a map.</param>
/// <param name="Width">w, tokens in a row.</param>
/// <param name="Heads">Number of heads.</param>
/// <param name="HeadWidth">Channels of a head; any width, 14 in the smallest SlimSAM and 64 in SAM ViT-B.</param>
/// <param name="Window">Side of the square windows; 0 attends over the whole map.</param>
/// <param name="Scale">Factor on query times key; pruned checkpoints may keep the factor of the width they came from.</param>
internal readonly record struct RelativePositionAttentionShape(
    int Batch, int Height, int Width, int Heads, int HeadWidth, int Window, float Scale)
{
    /// <summary>Floats of a token in the output: all heads side by side.</summary>
    public int OutputWidth => Heads * HeadWidth;

    /// <summary>Floats of a token in the fused projection: q, k and v of all heads.</summary>
    public int TokenWidth => 3 * OutputWidth;

    /// <summary>Rows of the key grid that every query sees.</summary>
    public int KeyHeight => Window == 0 ? Height : Window;

    /// <summary>Columns of the key grid that every query sees.</summary>
    public int KeyWidth => Window == 0 ? Width : Window;

    /// <summary>Keys that every query sees, padded ones included.</summary>
    public int Keys => KeyHeight * KeyWidth;

    /// <summary>Windows from top to bottom, the last one padded where the map ends.</summary>
    public int WindowsDown => (Height + KeyHeight - 1) / KeyHeight;

    /// <summary>Windows from left to right, the last one padded where the map ends.</summary>
    public int WindowsAcross => (Width + KeyWidth - 1) / KeyWidth;

    /// <summary>Floats of <c>qkv</c>, [B,h,w,3*heads*width].</summary>
    public long InputLength => (long)Batch * Height * Width * TokenWidth;

    /// <summary>Floats of the output, [B,h,w,heads*width].</summary>
    public long OutputLength => (long)Batch * Height * Width * OutputWidth;

    /// <summary>Floats of the table of vertical distances, [2*KeyHeight-1,width].</summary>
    public int TableHeightLength => ((2 * KeyHeight) - 1) * HeadWidth;

    /// <summary>Floats of the table of horizontal distances, [2*KeyWidth-1,width].</summary>
    public int TableWidthLength => ((2 * KeyWidth) - 1) * HeadWidth;

    /// <summary>Refuses sizes that no attention has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, the window is negative, or the scale is not finite.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Heads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HeadWidth);
        ArgumentOutOfRangeException.ThrowIfNegative(Window);
        if (!float.IsFinite(Scale))
        {
            throw new ArgumentOutOfRangeException(nameof(Scale), Scale, "The scale of an attention must be finite.");
        }
    }
}
