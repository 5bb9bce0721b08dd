using System.Runtime.InteropServices;

namespace Maskwright.PostProcessing;

/// <summary>A mixture of normal distributions of colours, fitted by hard assignment.</summary>
/// <remarks>Beginning with one cluster, the one that varies most is split at its mean (Orchard and Bouman 1991); then pixels go to the likeliest
/// component and components are fitted anew, as in Rother, Kolmogorov, Blake 2004.</remarks>
internal sealed class ColorMixture
{
    private readonly ColorGaussian[] _components;
    private readonly double[] _logShares;

    private ColorMixture(ColorGaussian[] components)
    {
        var all = components.Sum(component => component.Count);
        _components = components;
        _logShares = [.. components.Select(component => Math.Log(component.Count / all))];
    }

    /// <summary>Fits pixels.</summary>
    /// <param name="pixels">[H,W,3] of the image.</param>
    /// <param name="chosen">Positions of pixels, at least one.</param>
    /// <param name="components">The most components.</param>
    /// <param name="rounds">How often pixels are assigned anew.</param>
    public static ColorMixture Fit(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> chosen, int components, int rounds)
    {
        var owners = new int[chosen.Length];
        var mixture = new ColorMixture(Sum(pixels, chosen, owners, 1));
        while (mixture._components.Length < components && mixture.Split(pixels, chosen, owners))
        {
            mixture = new ColorMixture(Sum(pixels, chosen, owners, mixture._components.Length + 1));
        }

        for (var round = 0; round < rounds; round++)
        {
            mixture.Assign(pixels, chosen, owners);
            mixture = new ColorMixture(Sum(pixels, chosen, owners, mixture._components.Length));
        }

        return mixture;
    }

    /// <summary>The logarithm of the density of a colour, save for a constant that is the same for all mixtures.</summary>
    public double LogDensity(byte r, byte g, byte b)
    {
        var (best, sum) = (double.NegativeInfinity, 0.0);
        for (var i = 0; i < _components.Length; i++)
        {
            var log = _logShares[i] + _components[i].LogDensity(r, g, b);
            sum = log > best ? (sum * Math.Exp(best - log)) + 1 : sum + Math.Exp(log - best);
            best = Math.Max(best, log);
        }

        return best + Math.Log(sum);
    }

    // Components that no pixel belongs to are left out.
    private static ColorGaussian[] Sum(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> chosen, int[] owners, int count)
    {
        var sums = new ColorGaussian[count];
        for (var i = 0; i < chosen.Length; i++)
        {
            var at = 3 * chosen[i];
            sums[owners[i]].Add(pixels[at], pixels[at + 1], pixels[at + 2]);
        }

        var used = sums.Where(sum => sum.Count > 0).ToList();
        foreach (ref var sum in CollectionsMarshal.AsSpan(used))
        {
            sum.Finish();
        }

        return [.. used];
    }

    private bool Split(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> chosen, int[] owners)
    {
        var widest = Array.IndexOf(_components, _components.MaxBy(component => component.Spread));
        if (_components[widest].Spread <= 0)
        {
            return false;
        }

        for (var i = 0; i < chosen.Length; i++)
        {
            var at = 3 * chosen[i];
            owners[i] = owners[i] == widest && _components[widest].IsBeyond(pixels[at], pixels[at + 1], pixels[at + 2]) ? _components.Length : owners[i];
        }

        return true;
    }

    private void Assign(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> chosen, int[] owners)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            var (at, best) = (3 * chosen[i], double.NegativeInfinity);
            for (var k = 0; k < _components.Length; k++)
            {
                var log = _logShares[k] + _components[k].LogDensity(pixels[at], pixels[at + 1], pixels[at + 2]);
                if (log > best)
                {
                    (best, owners[i]) = (log, k);
                }
            }
        }
    }
}
