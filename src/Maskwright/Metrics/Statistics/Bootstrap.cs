namespace Maskwright.Metrics;

/// <summary>Confidence intervals by drawing the sample again, with replacement.</summary>
/// <remarks>Efron 1979, percentile intervals; the paired test flips the signs of the differences at random (Fisher's randomisation test).</remarks>
public static class Bootstrap
{
    /// <summary>The interval of a mean.</summary>
    /// <param name="values">One value an item; at least one, all finite.</param>
    /// <param name="options">How to resample; null for the customs.</param>
    /// <exception cref="ArgumentException">There is no value, one is not finite, or the options are not valid.</exception>
    public static ConfidenceInterval OfMean(IReadOnlyList<double> values, BootstrapOptions? options = null)
    {
        Check(values);
        return Of(values.Count, chosen => chosen.Average(i => values[i]), options);
    }

    /// <summary>The interval of any measure of a set of items, such as the mIoU of images.</summary>
    /// <param name="count">The number of items, at least 1.</param>
    /// <param name="measure">Measures a choice of items, given by their positions; some may stand there several times.</param>
    /// <param name="options">How to resample; null for the customs.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    /// <exception cref="ArgumentException">There is no item, or the options are not valid.</exception>
    public static ConfidenceInterval Of(int count, Func<IReadOnlyList<int>, double> measure, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(measure);
        options ??= new BootstrapOptions();
        options.Validate();
        var random = new Random(options.Seed);
        var chosen = Enumerable.Range(0, count).ToArray();
        var value = measure(chosen);
        var drawn = new double[options.Resamples];
        for (var n = 0; n < drawn.Length; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < count; i++)
            {
                chosen[i] = random.Next(count);
            }

            drawn[n] = measure(chosen);
        }

        Array.Sort(drawn);
        var tail = (1 - options.Confidence) / 2;
        return new ConfidenceInterval(value, Quantile(drawn, tail), Quantile(drawn, 1 - tail), options.Confidence);
    }

    /// <summary>Compares two models on the same items.</summary>
    /// <param name="first">One value an item; at least one, all finite.</param>
    /// <param name="second">The second model's value of the same items.</param>
    /// <param name="options">How to resample; null for the customs.</param>
    /// <exception cref="ArgumentException">The numbers of values differ, there is none, one is not finite, or the options are not valid.</exception>
    public static PairedComparison Compare(IReadOnlyList<double> first, IReadOnlyList<double> second, BootstrapOptions? options = null)
    {
        Check(first);
        Check(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"Both need the same items; they have {first.Count} and {second.Count} values.", nameof(second));
        }

        options ??= new BootstrapOptions();
        double[] differences = [.. first.Zip(second, (a, b) => b - a)];
        var interval = OfMean(differences, options);
        var asLarge = SignFlips(differences, options).Count(mean => Math.Abs(mean) >= Math.Abs(interval.Value) - 1e-12);
        return new PairedComparison(
            interval,
            (1.0 + asLarge) / (1 + options.Resamples),
            differences.Count(d => d > 0),
            differences.Count(d => d < 0),
            differences.Count(d => d == 0));
    }

    private static IEnumerable<double> SignFlips(double[] differences, BootstrapOptions options)
    {
        var random = new Random(options.Seed);
        for (var n = 0; n < options.Resamples; n++)
        {
            yield return differences.Average(d => random.Next(2) == 0 ? d : -d);
        }
    }

    internal static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var low = (int)position;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((sorted[high] - sorted[low]) * (position - low));
    }

    private static void Check(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || values.Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException("At least one value is needed, and all must be finite.", nameof(values));
        }
    }
}
