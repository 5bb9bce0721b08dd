namespace Maskwright.Training.Torch;

/// <summary>In which numbers the products of a forward pass are computed; parameters, their gradients and results are always 32-bit floats.</summary>
public enum TorchPrecision
{
    /// <summary>Everything in 32-bit floats: the exact form.</summary>
    Float32,

    /// <summary>
    /// Convolutions, linear layers, matrix products and attention in bfloat16, activations between them as well; statistics of normalisations and softmax in
    /// 32-bit floats. The rules are those of PyTorch's autocast on processors.
    /// </summary>
    /// <remarks>
    /// On a processor with avx512_bf16, forward and backward of a 3x3 convolution take 0.41 to 0.50 of the exact time, a 1x1 convolution 0.16, a linear layer
    /// 0.19, attention 0.79, a depthwise convolution 0.5 at 3x3 but 1.8 at 7x7; a small U-Net 0.66, Seedling's encoder 0.64. See docs/performance.md. A
    /// processor without such instructions computes the same, slower.
    /// </remarks>
    BFloat16,
}
