namespace Maskwright.PostProcessing;

/// <summary>Rows of a structuring element that have the same columns.</summary>
/// <param name="First">The first column, the anchor being 0.</param>
/// <param name="Last">The last column.</param>
/// <param name="Rows">Rows without a gap, first to last; the shortest stretch comes first.</param>
internal sealed record DilationBlock(int First, int Last, IReadOnlyList<(int First, int Last)> Rows)
{
    /// <summary>Joins the rows of runs that all have the same columns.</summary>
    public static DilationBlock Of(IEnumerable<RowRun> runs)
    {
        var stretches = new List<(int First, int Last)>();
        var columns = default(RowRun);
        foreach (var run in runs)
        {
            columns = run;
            if (stretches.Count > 0 && stretches[^1].Last == run.Y - 1)
            {
                stretches[^1] = (stretches[^1].First, run.Y);
            }
            else
            {
                stretches.Add((run.Y, run.Y));
            }
        }

        return new DilationBlock(columns.Start, columns.End - 1, [.. stretches.OrderBy(rows => rows.Last - rows.First)]);
    }
}
