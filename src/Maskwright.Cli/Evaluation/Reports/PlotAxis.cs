namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>An axis of a plot.</summary>
internal sealed record PlotAxis(string Title, double Low, double High)
{
    public static PlotAxis Share(string title) => new(title, 0, 1);
}
