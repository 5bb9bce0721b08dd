using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Kernels;

/// <summary>The Gaussian error linear unit in its exact form, <c>x * (1 + erf(x / sqrt(2))) / 2</c>.</summary>
/// <remarks>
/// Hendrycks and Gimpel 2016. The vector form is <c>max(x, 0) - t q(t)^4</c> with t = min(|x|, 5.6) and q the fourth root of the normal distribution's upper tail, a polynomial of degree 10
/// fitted to the least largest error: beyond 5.6 the tail is below 1.1e-8. It is within 3e-7 of the exact form, and relatively so for positive x.
/// </remarks>
internal static class Gelu
{
    private const float Farthest = -5.6f;

    // Coefficients for -t, so that no sign has to be turned.
    private const float C0 = 0.840896428f;
    private const float C1 = 0.167734131f;
    private const float C2 = -0.0501920842f;
    private const float C3 = -0.00461652223f;
    private const float C4 = 0.00387643394f;
    private const float C5 = 0.00013816118f;
    private const float C6 = -0.000232309947f;
    private const float C7 = -2.60685702e-05f;
    private const float C8 = 4.68807229e-06f;
    private const float C9 = 1.08118877e-06f;
    private const float C10 = 5.95188467e-08f;

    /// <summary>The specification.</summary>
    /// <param name="x">Any number.</param>
    public static double Scalar(double x) => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    /// <summary>The vector form.</summary>
    /// <typeparam name="TLanes">Arithmetic.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <param name="x">Any numbers.</param>
    [MethodImpl(KernelMethod.Step)]
    public static TVector Of<TLanes, TVector>(TVector x)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var zero = TLanes.Broadcast(0);
        var t = TLanes.Max(TLanes.Min(x, TLanes.Subtract(zero, x)), TLanes.Broadcast(Farthest)); // -min(|x|, 5.6)
        var q = TLanes.MultiplyAdd(t, TLanes.Broadcast(C10), TLanes.Broadcast(C9));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C8));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C7));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C6));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C5));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C4));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C3));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C2));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C1));
        q = TLanes.MultiplyAdd(q, t, TLanes.Broadcast(C0));
        q = TLanes.Multiply(q, q);
        return TLanes.MultiplyAdd(TLanes.Multiply(q, q), t, TLanes.Max(zero, x)); // the order keeps what is not a number
    }

    // 2/sqrt(pi) exp(-z^2) sum of 2^n z^(2n+1) / (2n+1)!!, all of one sign; Abramowitz and Stegun 7.1.6.
    private static double Erf(double z)
    {
        if (Math.Abs(z) > 6)
        {
            return Math.Sign(z);
        }

        var (term, sum) = (z, z);
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * z * z / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum;
    }
}
