namespace Maskwright.Metrics;

/// <summary>Draws the same items again for several models and several measures at once, so that models can be compared pair by pair.</summary>
/// <remarks>
/// Efron 1979, percentile intervals. A draw is a number of times for each item; within strata each stratum keeps its size. A draw without a value (NaN) is left
/// out of the interval of that measure. The same seed gives the same numbers, whatever the number of cores.
/// </remarks>
public sealed class JointBootstrap
{
    private const int DrawsAtOnce = 64;

    private readonly double[][] _values;
    private readonly double[][][] _draws;
    private readonly double _confidence;

    private JointBootstrap(double[][] values, double[][][] draws, double confidence) => (_values, _draws, _confidence) = (values, draws, confidence);

    /// <summary>The number of measures of each model.</summary>
    public int MeasureCount => _values[0].Length;

    /// <summary>Resamples.</summary>
    /// <param name="itemCount">The number of items, at least 1.</param>
    /// <param name="models">For each model: from how often each item counts, [itemCount], to the values of all measures. Called on several threads at once.</param>
    /// <param name="options">How to resample; null for the customs.</param>
    /// <param name="strata">[itemCount] the stratum of each item; null for one of all.</param>
    /// <param name="cancellationToken">Stops between draws.</param>
    /// <exception cref="ArgumentException">There is no item or no model, the models have different numbers of measures, or the options are not valid.</exception>
    public static JointBootstrap Run(
        int itemCount,
        IReadOnlyList<Func<int[], double[]>> models,
        BootstrapOptions? options = null,
        IReadOnlyList<int>? strata = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(itemCount);
        ArgumentNullException.ThrowIfNull(models);
        options ??= new BootstrapOptions();
        options.Validate();
        var whole = Enumerable.Repeat(1, itemCount).ToArray();
        double[][] values = [.. models.Select(model => model(whole))];
        if (values.Length == 0 || values.Any(v => v.Length != values[0].Length))
        {
            throw new ArgumentException("At least one model is needed, and all must have the same measures.", nameof(models));
        }

        return new JointBootstrap(values, Draw(itemCount, models, options, Members(itemCount, strata), cancellationToken), options.Confidence);
    }

    /// <summary>What all items give.</summary>
    /// <param name="model">Position of the model.</param>
    /// <param name="measure">Position of the measure.</param>
    public double Value(int model, int measure) => _values[model][measure];

    /// <summary>What all items give, and where it would lie if they were drawn again.</summary>
    /// <param name="model">Position of the model.</param>
    /// <param name="measure">Position of the measure.</param>
    public ConfidenceInterval Interval(int model, int measure) => IntervalOf(_values[model][measure], _draws[model].Select(draw => draw[measure]));

    /// <summary>Compares two models in one measure, draw by draw.</summary>
    /// <param name="first">Position of the first model.</param>
    /// <param name="second">Position of the second model.</param>
    /// <param name="measure">Position of the measure.</param>
    public ScoreDifference Compare(int first, int second, int measure)
    {
        double[] differences = [.. _draws[second].Zip(_draws[first], (b, a) => b[measure] - a[measure]).Where(d => !double.IsNaN(d))];
        var interval = IntervalOf(_values[second][measure] - _values[first][measure], differences);
        if (differences.Length == 0)
        {
            return new ScoreDifference(interval, 1, 0.5);
        }

        var (above, below) = (differences.Count(d => d > 0), differences.Count(d => d < 0));
        var ties = differences.Length - above - below;
        var p = 2.0 * (1 + ties + Math.Min(above, below)) / (1 + differences.Length);
        return new ScoreDifference(interval, Math.Min(1, p), (above + (ties / 2.0)) / differences.Length);
    }

    private static double[][][] Draw(
        int itemCount, IReadOnlyList<Func<int[], double[]>> models, BootstrapOptions options, int[][] members, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        var draws = models.Select(_ => new double[options.Resamples][]).ToArray();
        for (var start = 0; start < options.Resamples; start += DrawsAtOnce)
        {
            var counts = Enumerable.Range(0, Math.Min(DrawsAtOnce, options.Resamples - start)).Select(_ => Counts(itemCount, members, random)).ToArray();
            ParallelLoop.Run(counts.Length * models.Count, i => draws[i % models.Count][start + (i / models.Count)] = models[i % models.Count](counts[i / models.Count]), cancellationToken);
        }

        return draws;
    }

    private static int[] Counts(int itemCount, int[][] members, Random random)
    {
        var counts = new int[itemCount];
        foreach (var stratum in members)
        {
            for (var i = 0; i < stratum.Length; i++)
            {
                counts[stratum[random.Next(stratum.Length)]]++;
            }
        }

        return counts;
    }

    private static int[][] Members(int itemCount, IReadOnlyList<int>? strata) => strata is null || strata.Count == itemCount
        ? [.. Enumerable.Range(0, itemCount).GroupBy(i => strata?[i] ?? 0).OrderBy(group => group.Key).Select(group => group.ToArray())]
        : throw new ArgumentException($"Every one of {itemCount} items needs a stratum; {strata.Count} are given.", nameof(strata));

    private ConfidenceInterval IntervalOf(double value, IEnumerable<double> draws)
    {
        double[] sorted = [.. draws.Where(d => !double.IsNaN(d)).Order()];
        var tail = (1 - _confidence) / 2;
        return sorted.Length == 0
            ? new ConfidenceInterval(value, double.NaN, double.NaN, _confidence)
            : new ConfidenceInterval(value, Bootstrap.Quantile(sorted, tail), Bootstrap.Quantile(sorted, 1 - tail), _confidence);
    }
}
