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
    BFloat16,
}
