using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;

namespace Maskwright.Cli.Verbs;

/// <summary>What the processor is, and which of its instructions the kernels care about.</summary>
internal static class ProcessorFacts
{
    /// <summary>The processor's own name where the system tells it.</summary>
    public static string Name()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    /// <summary>The instructions that are there, by the names of their makers; the widest vector the runtime uses stands first.</summary>
    public static IReadOnlyList<string> Instructions()
    {
        (bool IsThere, string Name)[] all =
        [
            (Sse42.IsSupported, "sse4.2"), (Avx2.IsSupported, "avx2"), (Fma.IsSupported, "fma"), (Avx512F.IsSupported, "avx512f"), (Avx512DQ.IsSupported, "avx512dq"),
            (Avx512BW.IsSupported, "avx512bw"), (Avx512Vbmi.IsSupported, "avx512vbmi"), .. Multipliers(), (AdvSimd.IsSupported, "neon"),
        ];
        return [$"vector{Widest()}", .. all.Where(instruction => instruction.IsThere).Select(instruction => instruction.Name)];
    }

    /// <summary>The kernels of this house, the vectors in which they compute, and why in these.</summary>
    public static string Kernels()
    {
        var bits = ProcessorInstructions.KernelVectorBits;
        var reason = bits switch { 512 => "avx512f and avx512dq are there", 256 => "avx2 is there, avx512dq is not", _ => "no wider ones are there" };
        return $"{string.Join(", ", OnnxRuntimeEngine.Kernels)}: {bits}-bit vectors ({reason})";
    }

    /// <summary>The precisions that <c>--precision</c> takes here, each with what it rests on or what it lacks.</summary>
    public static IReadOnlyList<string> Precisions() =>
    [
        "fp32 (the default, on either engine)",
        ProcessorInstructions.MultipliesBytes ? $"int8 on onnx ({Present("vnni", "amx_int8", "dotprod")})" : "not int8: neither avx512_vnni, avx_vnni nor amx_int8",
        ProcessorInstructions.MultipliesBFloat16 ? $"bf16 on torch ({Present("bf16")})" : "not bf16: neither avx512_bf16 nor amx_bf16",
    ];

    private static (bool IsThere, string Name)[] Multipliers() =>
    [
        (ProcessorInstructions.HasAvx512Vnni, "avx512_vnni"), (ProcessorInstructions.HasAvxVnni, "avx_vnni"), (ProcessorInstructions.HasAmxInt8, "amx_int8"),
        (ProcessorInstructions.HasAvx512BFloat16, "avx512_bf16"), (ProcessorInstructions.HasAmxBFloat16, "amx_bf16"), (Dp.IsSupported, "dotprod"),
    ];

    private static string Present(params string[] ends) =>
        string.Join(", ", Multipliers().Where(one => one.IsThere && ends.Any(end => one.Name.EndsWith(end, StringComparison.Ordinal))).Select(one => one.Name));

    private static int Widest() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
}
