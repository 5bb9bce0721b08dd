namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>A line.</summary>
/// <param name="Name">What the legend calls it; null when the model's name will do.</param>
/// <param name="Model">The model whose colour it has.</param>
/// <param name="Points">Its points, by rising x.</param>
internal sealed record PlotSeries(string? Name, int Model, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Whether the line is drawn lighter, for a variant of the model's main line.</summary>
    public bool IsFaint { get; init; }

    /// <summary>Whether each point is marked.</summary>
    public bool HasDots { get; init; }
}
