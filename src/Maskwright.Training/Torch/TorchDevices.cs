using System.Globalization;

namespace Maskwright.Training.Torch;

/// <summary>The devices that libtorch can run on here.</summary>
public static class TorchDevices
{
    /// <summary>Fails clearly when a device is not there.</summary>
    /// <param name="device"><c>cpu</c>, or <c>cuda</c> with an optional number as in <c>cuda:1</c>.</param>
    /// <exception cref="NotSupportedException">The name is not understood, this libtorch was built without CUDA, or there is no such device.</exception>
    public static void Require(string device) => _ = Parse(device);

    internal static torch.Device Parse(string device)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        LoadLibrary();
        var parts = device.Split(':');
        var index = 0;
        var isUnderstood = parts.Length == 1 || (parts.Length == 2 && parts[0] == "cuda" && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index));
        return (parts[0], isUnderstood) switch
        {
            ("cpu", true) => torch.CPU,
            ("cuda", true) => Cuda(device, index),
            _ => throw new NotSupportedException($"Torch runs on cpu, cuda or cuda:n, not on '{device}'."),
        };
    }

    private static torch.Device Cuda(string device, int index)
    {
        if (!torch.cuda_is_available())
        {
            throw new NotSupportedException($"'{device}' is not there: this libtorch was built for processors only, or finds no CUDA driver. It can run on cpu.");
        }

        var count = torch.cuda.device_count();
        return index < count ? torch.device(DeviceType.CUDA, index) : throw new NotSupportedException($"'{device}' is not there: libtorch finds {count} CUDA device(s), numbered from 0.");
    }

    private static void LoadLibrary()
    {
        try
        {
            _ = torch.get_num_threads();
        }
        catch (Exception fault) when (fault is NotSupportedException or TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            throw new NotSupportedException($"libtorch cannot be loaded here: {fault.GetBaseException().Message}", fault);
        }
    }
}
