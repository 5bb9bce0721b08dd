namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>A plot of the report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Caption">How to read it.</param>
internal abstract record Plot(string Title, string Caption);

/// <summary>Lines over a common horizontal axis.</summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The lines.</param>
internal sealed record LinePlot(string Title, string Caption, PlotAxis X, PlotAxis Y, IReadOnlyList<PlotSeries> Series) : Plot(Title, Caption);

/// <summary>Horizontal bars, one for each category and model, with the ends of intervals.</summary>
/// <param name="X">The axis of values.</param>
/// <param name="Rows">The categories, with a value for each model; NaN where there is none.</param>
internal sealed record BarPlot(string Title, string Caption, PlotAxis X, IReadOnlyList<(string Name, IReadOnlyList<Metrics.ConfidenceInterval> Values)> Rows) : Plot(Title, Caption);

/// <summary>How many values lie in each of some equal bins, one outline a model.</summary>
/// <param name="X">The axis of values; it spans all bins.</param>
/// <param name="Shares">For each model the share of each bin.</param>
internal sealed record HistogramPlot(string Title, string Caption, PlotAxis X, IReadOnlyList<IReadOnlyList<double>> Shares) : Plot(Title, Caption)
{
    /// <summary>Bins values; those outside count in the first or last bin, NaN nowhere.</summary>
    public static IReadOnlyList<double> Bin(IEnumerable<double> values, PlotAxis axis, int bins)
    {
        var counts = new double[bins];
        foreach (var value in values.Where(v => !double.IsNaN(v)))
        {
            counts[(int)Math.Clamp((value - axis.Low) / (axis.High - axis.Low) * bins, 0, bins - 1)]++;
        }

        var all = Math.Max(1, counts.Sum());
        return [.. counts.Select(count => count / all)];
    }
}

/// <summary>Shares in rows and columns of the same names.</summary>
/// <param name="Names">The rows and columns.</param>
/// <param name="Rows">For each row the share of each column, in [0,1].</param>
internal sealed record MatrixPlot(string Title, string Caption, IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<double>> Rows) : Plot(Title, Caption);
