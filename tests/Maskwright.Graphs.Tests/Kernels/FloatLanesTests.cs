using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed unsafe class FloatLanesTests
{
    [Fact]
    public void Powers_of_two_in_four_lanes_are_within_four_units_of_the_last_place() => CheckExp2<FloatLanes128, Vector128<float>>();

    [Fact]
    public void Powers_of_two_in_eight_lanes_are_within_four_units_of_the_last_place()
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "No 256-bit vectors here.");
        CheckExp2<FloatLanes256, Vector256<float>>();
    }

    [Fact]
    public void Powers_of_two_in_sixteen_lanes_are_within_four_units_of_the_last_place()
    {
        Assert.SkipUnless(Avx512DQ.IsSupported, "No AVX-512 DQ here.");
        CheckExp2<FloatLanes512, Vector512<float>>();
    }

    private static void CheckExp2<TLanes, TVector>()
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var powers = stackalloc float[TLanes.Count];
        for (var i = 0; i <= 200_000; i++)
        {
            var x = (float)((i * 0.00126) - 125.9);
            TLanes.Store(TLanes.Exp2(TLanes.Broadcast(x)), powers);
            Assert.InRange(powers[TLanes.Count - 1] / Math.Pow(2, x), 1 - 3e-7, 1 + 3e-7);
        }

        TLanes.Store(TLanes.Exp2(TLanes.Broadcast(-20_000.3f)), powers);
        Assert.InRange(powers[0], 0, 1.2e-38f);
    }
}
