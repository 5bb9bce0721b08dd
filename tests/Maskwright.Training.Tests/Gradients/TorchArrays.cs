using System.Runtime.InteropServices;
using Maskwright.Testing;
using TorchSharp;

namespace Maskwright.Training.Tests.Gradients;

/// <summary>Synthetic inputs as tensors of Torch, and tensors as arrays.</summary>
internal static class TorchArrays
{
    public static torch.Tensor Synthetic(string name, params long[] shape) =>
        torch.tensor(SyntheticTensor.Input(name, [.. shape.Select(size => (int)size)]), shape);

    public static float[] Floats(this torch.Tensor tensor)
    {
        using var plain = tensor.detach().to_type(torch.ScalarType.Float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(plain.bytes).ToArray();
    }
}
