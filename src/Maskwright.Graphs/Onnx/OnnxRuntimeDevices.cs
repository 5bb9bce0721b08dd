using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Maskwright.Graphs.Onnx;

/// <summary>The devices that the installed ONNX Runtime can use.</summary>
public static class OnnxRuntimeDevices
{
    private static readonly (string Device, string Provider)[] Known =
        [("cpu", "CPUExecutionProvider"), ("cuda", "CUDAExecutionProvider"), ("coreml", "CoreMLExecutionProvider"), ("dml", "DmlExecutionProvider")];

    /// <summary>The devices by the names that the options take.</summary>
    public static IReadOnlyList<string> Available
    {
        get
        {
            var providers = OrtEnv.Instance().GetAvailableProviders();
            return [.. Known.Where(k => providers.Contains(k.Provider)).Select(k => k.Device)];
        }
    }

    /// <summary>The execution providers that the installed runtime was built with, by its own names.</summary>
    public static IReadOnlyList<string> Providers => OrtEnv.Instance().GetAvailableProviders();

    /// <summary>Refuses a device that is not there.</summary>
    /// <param name="device">Such as <c>cpu</c> or <c>cuda:0</c>.</param>
    /// <exception cref="NotSupportedException">The device is unknown, or the installed runtime does not have it.</exception>
    public static void Require(string device)
    {
        var (kind, _) = Parse(device);
        if (!Available.Contains(kind))
        {
            var hint = kind == "cuda" ? " CUDA needs the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, see docs/guide/ubuntu.md." : string.Empty;
            throw new NotSupportedException($"The device '{device}' is not there: this ONNX Runtime offers {string.Join(", ", Available)}.{hint}");
        }
    }

    internal static void Select(SessionOptions options, string device)
    {
        var (kind, number) = Parse(device);
        switch (kind)
        {
            case "cuda":
                options.AppendExecutionProvider_CUDA(number);
                break;
            case "coreml":
                options.AppendExecutionProvider_CoreML();
                break;
            case "dml":
                options.AppendExecutionProvider_DML(number);
                break;
            default:
                break;
        }
    }

    private static (string Kind, int Number) Parse(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var parts = device.Split(':');
        var number = 0;
        if (parts.Length > 2 || !Known.Any(k => k.Device == parts[0]) || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
        {
            throw new NotSupportedException($"'{device}' is not a device: use {string.Join(", ", Known.Select(k => k.Device))}, with a number where there are several, as in cuda:1.");
        }

        return (parts[0], number);
    }
}
