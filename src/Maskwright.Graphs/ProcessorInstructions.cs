using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs;

/// <summary>Instructions of this processor that the platform does not tell of, and what follows from them.</summary>
/// <remarks>Bits of CPUID's leaf 7: Intel Software Developer's Manual, volume 2A. Whether the system lets programs use the tiles of AMX is not seen from them.</remarks>
public static class ProcessorInstructions
{
    private const int ExtendedFeatures = 7;

    private static readonly (int Ecx, int Edx, int Eax1) s_features = Read();

    /// <summary>Products of bytes in 512-bit vectors.</summary>
    public static bool HasAvx512Vnni => Avx512F.IsSupported && Has(s_features.Ecx, 11);

    /// <summary>Products of bytes in 256-bit vectors.</summary>
    public static bool HasAvxVnni => AvxVnni.IsSupported;

    /// <summary>Products of bfloat16 in 512-bit vectors.</summary>
    public static bool HasAvx512BFloat16 => Avx512F.IsSupported && Has(s_features.Eax1, 5);

    /// <summary>Products of tiles of bytes.</summary>
    public static bool HasAmxInt8 => Has(s_features.Edx, 24) && Has(s_features.Edx, 25);

    /// <summary>Products of tiles of bfloat16.</summary>
    public static bool HasAmxBFloat16 => Has(s_features.Edx, 24) && Has(s_features.Edx, 22);

    /// <summary>Bits of the vectors in which the kernels of this house compute: 512 with AVX-512 F and DQ, 256 with AVX2, else 128.</summary>
    public static int KernelVectorBits => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Whether products of bytes are faster than those of floats.</summary>
    public static bool MultipliesBytes => HasAvx512Vnni || HasAvxVnni || HasAmxInt8 || Dp.IsSupported;

    /// <summary>Whether products of bfloat16 are faster than those of floats.</summary>
    public static bool MultipliesBFloat16 => HasAvx512BFloat16 || HasAmxBFloat16;

    private static bool Has(int register, int bit) => (register >> bit & 1) != 0;

    private static (int Ecx, int Edx, int Eax1) Read()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < ExtendedFeatures)
        {
            return default;
        }

        var features = X86Base.CpuId(ExtendedFeatures, 0);
        return (features.Ecx, features.Edx, features.Eax >= 1 ? X86Base.CpuId(ExtendedFeatures, 1).Eax : 0);
    }
}
