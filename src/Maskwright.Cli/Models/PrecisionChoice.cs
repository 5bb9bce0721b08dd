using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Training.Torch;

namespace Maskwright.Cli.Models;

/// <summary>The engine and the precision in which a model runs, of what a command line asks for.</summary>
/// <param name="Engine">What runs the network.</param>
/// <param name="Precision">Anything but <see cref="ModelPrecision.Auto"/>.</param>
/// <param name="Note">What was chosen, and why; null where there was no choice.</param>
internal sealed record PrecisionChoice(ModelEngine Engine, ModelPrecision Precision, string? Note = null)
{
    private const string NoBytes = "this processor does not multiply bytes (avx512_vnni, avx_vnni or amx_int8)";
    private const string NoBFloat16 = "this processor does not multiply bfloat16 (avx512_bf16 or amx_bf16)";

    /// <summary>Chooses.</summary>
    /// <param name="engine">The engine that was asked for; null for whichever fits.</param>
    /// <param name="precision">What was asked for.</param>
    /// <param name="device">Where the network shall run.</param>
    /// <param name="isMeasured">Whether what the model loses by rounding is measured, and little.</param>
    /// <exception cref="ToolException">The engine, the device or the processor does not do this.</exception>
    public static PrecisionChoice Of(ModelEngine? engine, ModelPrecision precision, string device, bool isMeasured) => precision switch
    {
        ModelPrecision.Int8 => Int8(engine, device),
        ModelPrecision.BFloat16 => BFloat16(engine, device),
        ModelPrecision.Auto => Auto(engine ?? ModelEngine.Onnx, device, isMeasured),
        _ => new PrecisionChoice(engine ?? ModelEngine.Onnx, ModelPrecision.Float32),
    };

    /// <summary>ONNX Runtime as it is chosen.</summary>
    public OnnxRuntimeOptions OnnxOptions(string device) =>
        new() { Device = device, Precision = Precision == ModelPrecision.Int8 ? OnnxPrecision.Int8 : OnnxPrecision.Float32 };

    /// <summary>The engine as it is chosen.</summary>
    public IGraphEngine MakeEngine(string device) => Engine == ModelEngine.Onnx
        ? new OnnxRuntimeEngine(OnnxOptions(device))
        : new TorchEngine(new TorchEngineOptions { Device = device, Precision = Precision == ModelPrecision.BFloat16 ? TorchPrecision.BFloat16 : TorchPrecision.Float32 });

    private static PrecisionChoice Int8(ModelEngine? engine, string device)
    {
        Require(engine != ModelEngine.Torch, ExitCode.Usage, "--precision int8 runs on ONNX Runtime: leave --engine torch out, or take bf16");
        Require(device == "cpu", ExitCode.Device, $"--precision int8 runs on the processor only, not on '{device}'");
        Require(ProcessorInstructions.MultipliesBytes, ExitCode.Device, $"--precision int8: {NoBytes}; fp32 is faster here");
        return new PrecisionChoice(ModelEngine.Onnx, ModelPrecision.Int8);
    }

    private static PrecisionChoice BFloat16(ModelEngine? engine, string device)
    {
        Require(engine != ModelEngine.Onnx, ExitCode.Usage, "--precision bf16 runs on libtorch: leave --engine onnx out, or take int8");
        Require(device != "cpu" || ProcessorInstructions.MultipliesBFloat16, ExitCode.Device, $"--precision bf16: {NoBFloat16}; fp32 is faster here");
        return new PrecisionChoice(ModelEngine.Torch, ModelPrecision.BFloat16);
    }

    private static PrecisionChoice Auto(ModelEngine engine, string device, bool isMeasured)
    {
        PrecisionChoice Exact(string reason) => new(engine, ModelPrecision.Float32, $"fp32: {reason}");
        if (!isMeasured)
        {
            return Exact("what this model loses by rounding is not measured");
        }

        if (device != "cpu")
        {
            return Exact($"nothing is measured on '{device}'");
        }

        return engine == ModelEngine.Torch
            ? ProcessorInstructions.MultipliesBFloat16 ? new(engine, ModelPrecision.BFloat16, "bf16: measured for this model, and this processor multiplies bfloat16") : Exact(NoBFloat16)
            : ProcessorInstructions.MultipliesBytes ? new(engine, ModelPrecision.Int8, "int8: measured for this model, and this processor multiplies bytes") : Exact(NoBytes);
    }

    private static void Require(bool holds, ExitCode code, string message)
    {
        if (!holds)
        {
            throw new ToolException(code, message);
        }
    }
}
