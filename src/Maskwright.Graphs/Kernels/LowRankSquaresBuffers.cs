namespace Maskwright.Graphs.Kernels;

/// <summary>Where the tensors of <see cref="LowRankSquares"/> lie, for one matrix; all dense.</summary>
/// <param name="rows">R, positive.</param>
/// <param name="columns">N.</param>
internal readonly unsafe struct LowRankSquaresBuffers(int rows, int columns)
{
    /// <summary>R.</summary>
    public int Rows { get; } = rows;

    /// <summary>N.</summary>
    public int Columns { get; } = columns;

    /// <summary>A, [R,N].</summary>
    public required float* Shares { get; init; }

    /// <summary>G, [R,R].</summary>
    public required float* Products { get; init; }

    /// <summary>[R,N], multiplied with the factor.</summary>
    public required float* Across { get; init; }

    /// <summary>[N].</summary>
    public required float* Factor { get; init; }

    /// <summary>[R], the same for all columns.</summary>
    public required float* Along { get; init; }

    /// <summary>Receives [N].</summary>
    public required float* Squares { get; init; }
}
