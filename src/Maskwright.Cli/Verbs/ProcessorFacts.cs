using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

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
            (Sse42.IsSupported, "sse4.2"), (Avx2.IsSupported, "avx2"), (Fma.IsSupported, "fma"), (Avx512F.IsSupported, "avx512f"), (Avx512BW.IsSupported, "avx512bw"),
            (Avx512Vbmi.IsSupported, "avx512vbmi"), (AvxVnni.IsSupported, "avxvnni"), (AdvSimd.IsSupported, "neon"), (Dp.IsSupported, "dotprod"),
        ];
        return [$"vector{Widest()}", .. all.Where(instruction => instruction.IsThere).Select(instruction => instruction.Name)];
    }

    private static int Widest() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
}
