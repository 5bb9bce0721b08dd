namespace Maskwright.Graphs.Kernels;

/// <summary>The sizes of an up-scaler of two layers, each making 2 x 2 of a cell.</summary>
/// <param name="Prompts">P.</param>
/// <param name="Rows">R, the rank of what a prompt adds to the image.</param>
/// <param name="Side">Cells along a side of the image.</param>
/// <param name="Narrow">Channels after the first layer.</param>
/// <param name="Last">Channels after the second.</param>
/// <param name="Masks">M, masks of a prompt.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal readonly record struct UpscaledMasksShape(int Prompts, int Rows, int Side, int Narrow, int Last, int Masks, float Epsilon)
{
    /// <summary>Positions of a layer's window.</summary>
    public const int Window = 4;

    /// <summary>N.</summary>
    public int Cells => Side * Side;

    /// <summary>C, channels of the first layer over all positions.</summary>
    public int Wide => Window * Narrow;

    /// <summary>Refuses sizes that no up-scaler has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Prompts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Side);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Narrow);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Last);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Masks);
    }

    /// <summary>Where a pixel of a cell lies in a mask.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="outer">Position in the first layer's window.</param>
    /// <param name="inner">Position in the second's.</param>
    public int PixelOf(int cell, int outer, int inner)
    {
        var (row, column) = Math.DivRem(cell, Side);
        return (((4 * row) + (outer & 2) + (inner >> 1)) * 4 * Side) + (4 * column) + (2 * (outer & 1)) + (inner & 1);
    }
}
