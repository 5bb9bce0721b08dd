using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>A structuring element taken apart: equal rows are joined to blocks, so that a rectangle is one block and costs no more when it grows.</summary>
internal sealed class DilationPlan
{
    private DilationPlan(IReadOnlyList<DilationBlock> blocks, DiagonalLine? line, (int Columns, int Above, int Below) reach) =>
        (Blocks, Line, Reach) = (blocks, line, reach);

    /// <summary>What is to be joined; empty when <see cref="Line"/> says it all.</summary>
    public IReadOnlyList<DilationBlock> Blocks { get; }

    /// <summary>The element as a slanted line; null when it is none.</summary>
    public DiagonalLine? Line { get; }

    /// <summary>How far the element looks: columns to either side, rows above, rows below.</summary>
    public (int Columns, int Above, int Below) Reach { get; }

    /// <summary>Takes an element apart, for images of one size: what would always look outside is left out.</summary>
    public static DilationPlan For(StructuringElement element, ImageSize size)
    {
        var runs = element.Runs
            .Where(run => Math.Abs(run.Y) < size.Height)
            .Select(run => new RowRun(run.Y, Math.Max(run.Start, 1 - size.Width), Math.Min(run.End, size.Width)))
            .Where(run => run.Start < run.End)
            .ToList();
        if (runs.Count == 0)
        {
            return new DilationPlan([], null, default);
        }

        var reach = (
            Columns: runs.Max(run => Math.Max(Math.Abs(run.Start), Math.Abs(run.End - 1))),
            Above: runs.Max(run => Math.Max(0, -run.Y)),
            Below: runs.Max(run => Math.Max(0, run.Y)));
        return DiagonalLine.TryFind(runs) is { } line
            ? new DilationPlan([], line, reach)
            : new DilationPlan([.. runs.GroupBy(run => (run.Start, run.End)).Select(DilationBlock.Of)], null, reach);
    }
}
