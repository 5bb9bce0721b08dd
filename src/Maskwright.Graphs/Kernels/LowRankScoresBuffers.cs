namespace Maskwright.Graphs.Kernels;

/// <summary>Where the tensors of <see cref="LowRankScores"/> lie; all dense.</summary>
/// <param name="prompts">P.</param>
/// <param name="heads">H.</param>
/// <param name="tokens">T, of a head.</param>
/// <param name="width">d, of a vector.</param>
/// <param name="rows">R, the rank of what a prompt adds to the image.</param>
/// <param name="cells">N.</param>
internal readonly unsafe struct LowRankScoresBuffers(int prompts, int heads, int tokens, int width, int rows, int cells)
{
    /// <summary>P.</summary>
    public int Prompts { get; } = prompts;

    /// <summary>H.</summary>
    public int Heads { get; } = heads;

    /// <summary>T.</summary>
    public int Tokens { get; } = tokens;

    /// <summary>d.</summary>
    public int Width { get; } = width;

    /// <summary>R.</summary>
    public int Rows { get; } = rows;

    /// <summary>N.</summary>
    public int Cells { get; } = cells;

    /// <summary>[P,H,T,d].</summary>
    public required float* Vectors { get; init; }

    /// <summary>[H,d,N], of the image.</summary>
    public required float* Image { get; init; }

    /// <summary>[H,d,N], of its positions.</summary>
    public required float* Positions { get; init; }

    /// <summary>[P,H*T,R].</summary>
    public required float* Mixed { get; init; }

    /// <summary>[P,R,N].</summary>
    public required float* Shares { get; init; }

    /// <summary>[1 or P,N], what the image's part is multiplied with.</summary>
    public required float* Factor { get; init; }

    /// <summary>Floats from a prompt's factor to the next; 0 where one serves all.</summary>
    public required nint FactorStride { get; init; }

    /// <summary>[1 or P,H*T], added before the division.</summary>
    public required float* Constant { get; init; }

    /// <summary>Floats from a prompt's constant to the next; 0 where one serves all.</summary>
    public required nint ConstantStride { get; init; }

    /// <summary>[P,N].</summary>
    public required float* Divisor { get; init; }

    /// <summary>Receives [P,H*T,N].</summary>
    public required float* Scores { get; init; }
}
