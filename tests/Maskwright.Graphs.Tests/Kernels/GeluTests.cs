using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed unsafe class GeluTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.84134474606854293)]
    [InlineData(-1, -0.15865525393145707)]
    [InlineData(-4, -0.00012668496733247563)]
    [InlineData(20, 20)]
    public void Its_scalar_form_is_the_exact_one(double x, double expected) => Assert.Equal(expected, Gelu.Scalar(x), 1e-14);

    [Fact]
    public void Four_lanes_equal_the_scalar_form() => Check<FloatLanes128, Vector128<float>>();

    [Fact]
    public void Eight_lanes_equal_the_scalar_form()
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "No 256-bit vectors here.");
        Check<FloatLanes256, Vector256<float>>();
    }

    [Fact]
    public void Sixteen_lanes_equal_the_scalar_form()
    {
        Assert.SkipUnless(Avx512DQ.IsSupported, "No AVX-512 DQ here.");
        Check<FloatLanes512, Vector512<float>>();
    }

    private static void Check<TLanes, TVector>()
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var results = stackalloc float[TLanes.Count];
        for (var i = -120_000; i <= 120_000; i++)
        {
            var x = i * 1e-4f;
            TLanes.Store(Gelu.Of<TLanes, TVector>(TLanes.Broadcast(x)), results);
            var exact = Gelu.Scalar(x);
            Assert.InRange(results[TLanes.Count - 1], exact - (4e-7 * Math.Max(Math.Abs(exact), 0.5)), exact + (4e-7 * Math.Max(Math.Abs(exact), 0.5)));
        }

        TLanes.Store(Gelu.Of<TLanes, TVector>(TLanes.Broadcast(3e30f)), results);
        Assert.Equal(3e30f, results[0]);
        TLanes.Store(Gelu.Of<TLanes, TVector>(TLanes.Broadcast(-3e30f)), results);
        Assert.InRange(results[0], -1e-7f, 0);
    }
}
