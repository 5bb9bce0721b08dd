namespace Maskwright.Graphs.Kernels;

/// <summary>Where the rows of a head lie in a float32 tensor: a tensor of its own or a slice of a fused projection. Borrowed from the caller.</summary>
/// <param name="data">Channel 0 of row 0 of head 0 of batch 0.</param>
/// <param name="batchStride">Floats from a batch to the next; 0 where all batches share one.</param>
/// <param name="rowStride">Floats from a row to the next.</param>
/// <param name="headStride">Floats from a head to the next.</param>
internal readonly unsafe struct AttentionOperand(float* data, long batchStride, long rowStride, long headStride)
{
    /// <summary>Floats from a row to the next.</summary>
    public long RowStride { get; } = rowStride;

    /// <summary>An operand [B,rows,heads*width].</summary>
    /// <param name="data">First number.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="heads">Heads, side by side in a row.</param>
    /// <param name="headWidth">Channels of a head.</param>
    /// <param name="isShared">Whether all batches read the same rows, [1,rows,heads*width].</param>
    public static AttentionOperand Dense(float* data, int rows, int heads, int headWidth, bool isShared = false)
    {
        var width = (long)heads * headWidth;
        return new AttentionOperand(data, isShared ? 0 : rows * width, width, headWidth);
    }

    /// <summary>Channel 0 of a row.</summary>
    public float* At(int batch, int head, int row) => data + (batch * batchStride) + (head * headStride) + (row * RowStride);
}
