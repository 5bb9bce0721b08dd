namespace Maskwright.Training.Torch;

/// <summary>Brings tensors to where a network is.</summary>
internal static class TensorPlace
{
    /// <summary>The tensor on a device; it itself where it was made on the processor and stays there, else a copy, and it is gone.</summary>
    public static TorchTensor On(this TorchTensor made, torch.Device device) => device.type == DeviceType.CPU ? made : made.to(device, disposeAfter: true);
}
