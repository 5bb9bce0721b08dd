namespace Maskwright.PostProcessing;

/// <summary>Pixels at equal steps, one a row or fewer.</summary>
/// <param name="X">The first pixel's column, the anchor being (0, 0).</param>
/// <param name="Y">The first pixel's row.</param>
/// <param name="StepX">Columns from one pixel to the next.</param>
/// <param name="StepY">Rows from one pixel to the next, at least 1.</param>
/// <param name="Count">The number of pixels, at least 3.</param>
internal sealed record DiagonalLine(int X, int Y, int StepX, int StepY, int Count)
{
    /// <summary>Recognises a slanted line; vertical ones are blocks.</summary>
    public static DiagonalLine? TryFind(List<RowRun> runs)
    {
        if (runs.Count < 3 || runs.Any(run => run.Length != 1))
        {
            return null;
        }

        var (stepX, stepY) = (runs[1].Start - runs[0].Start, runs[1].Y - runs[0].Y);
        var isLine = stepX != 0 && stepY != 0 && runs.Zip(runs.Skip(1)).All(pair => pair.Second.Start - pair.First.Start == stepX && pair.Second.Y - pair.First.Y == stepY);
        return isLine ? new DiagonalLine(runs[0].Start, runs[0].Y, stepX, stepY, runs.Count) : null;
    }
}
