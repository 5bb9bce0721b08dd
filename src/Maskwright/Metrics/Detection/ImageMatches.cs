namespace Maskwright.Metrics;

/// <summary>Which detections of one image and category match, for every threshold, within one range of sizes.</summary>
/// <remarks>pycocotools <c>COCOeval.evaluateImg</c>: greedy, best score first; a counted truth is preferred to one that is left out.</remarks>
internal sealed class ImageMatches
{
    private readonly OverlapTable _table;
    private readonly int[] _order;
    private readonly bool[] _isLeftOut;
    private readonly Verdict[] _verdicts;

    public ImageMatches(OverlapTable table, AreaRange range, AveragePrecisionOptions options)
    {
        _table = table;
        bool[] leftOut = [.. table.Truths.Select(t => t.IsCrowd || (options.HonoursIgnoreFlag && t.IsIgnored) || !range.Holds(t.Area))];
        _order = [.. Enumerable.Range(0, leftOut.Length).OrderBy(g => leftOut[g])];
        _isLeftOut = [.. _order.Select(g => leftOut[g])];
        CountedTruths = leftOut.Count(isLeftOut => !isLeftOut);
        _verdicts = new Verdict[options.IouThresholds.Count * Count];
        for (var t = 0; t < options.IouThresholds.Count; t++)
        {
            Match(options.IouThresholds[t], range, _verdicts.AsSpan(t * Count, Count));
        }
    }

    public enum Verdict : byte
    {
        FalsePositive,
        TruePositive,
        LeftOut,
    }

    public int CountedTruths { get; }

    /// <summary>The number of detections, best first.</summary>
    public int Count => _table.Detections.Length;

    public double Score(int detection) => _table.Detections[detection].Object.Score;

    public Verdict At(int threshold, int detection) => _verdicts[(threshold * Count) + detection];

    private void Match(double threshold, AreaRange range, Span<Verdict> verdicts)
    {
        var isTaken = new bool[_order.Length];
        for (var d = 0; d < verdicts.Length; d++)
        {
            var match = BestMatch(_table.Overlaps(d), Math.Min(threshold, 1 - 1e-10), isTaken);
            if (match >= 0)
            {
                isTaken[match] = true;
                verdicts[d] = _isLeftOut[match] ? Verdict.LeftOut : Verdict.TruePositive;
            }
            else
            {
                var isLeftOut = _table.Detections[d].IsExcusedUnmatched || !range.Holds(_table.Detections[d].Object.Area);
                verdicts[d] = isLeftOut ? Verdict.LeftOut : Verdict.FalsePositive;
            }
        }
    }

    private int BestMatch(ReadOnlySpan<double> overlaps, double best, bool[] isTaken)
    {
        var match = -1;
        for (var g = 0; g < _order.Length; g++)
        {
            if (isTaken[g] && !_table.Truths[_order[g]].IsCrowd)
            {
                continue;
            }

            if (match >= 0 && !_isLeftOut[match] && _isLeftOut[g])
            {
                break;
            }

            if (overlaps[_order[g]] >= best)
            {
                (best, match) = (overlaps[_order[g]], g);
            }
        }

        return match;
    }
}
