namespace Maskwright.Graphs.Kernels;

/// <summary>Where the tensors of an up-scaler lie; all dense. N cells, C = 4 Narrow.</summary>
internal readonly unsafe struct UpscaledMasksBuffers
{
    /// <summary>[P,R,N], how much of every row a cell takes.</summary>
    public required float* Shares { get; init; }

    /// <summary>[P,C,R], what a prompt adds, through the first layer.</summary>
    public required float* Rows { get; init; }

    /// <summary>[P,N], what the image's part is multiplied with.</summary>
    public required float* Image { get; init; }

    /// <summary>[P,N], what the sum is multiplied with.</summary>
    public required float* Divisor { get; init; }

    /// <summary>[C,N], the image's part, the same for all prompts.</summary>
    public required float* Upscaled { get; init; }

    /// <summary>[C], added before the multiplication.</summary>
    public required float* Constant { get; init; }

    /// <summary>[C], added after it.</summary>
    public required float* Bias { get; init; }

    /// <summary>[Narrow], the normalisation's weight.</summary>
    public required float* NormWeight { get; init; }

    /// <summary>[Narrow], the normalisation's bias.</summary>
    public required float* NormBias { get; init; }

    /// <summary>[4 Last,Narrow], the second layer, a block of rows a position.</summary>
    public required float* Second { get; init; }

    /// <summary>[Last], the second layer's bias.</summary>
    public required float* SecondBias { get; init; }

    /// <summary>[P,M,Last], what each mask looks for.</summary>
    public required float* Filters { get; init; }

    /// <summary>Receives [P,M,4 Side,4 Side]. Must not overlap an input.</summary>
    public required float* Masks { get; init; }
}
