namespace Maskwright.Metrics;

/// <summary>Which detections of one image and category match, for every threshold, within one range of sizes.</summary>
/// <remarks>pycocotools <c>COCOeval.evaluateImg</c>: greedy, best score first; a counted truth is preferred to one that is left out.</remarks>
internal sealed class ImageMatches
{
    private readonly OverlapTable _table;
    private readonly int[] _order;
    private readonly bool[] _isLeftOut;
    private readonly bool[] _isCrowd;
    private readonly bool[] _isTaken;
    private readonly Verdict[] _verdicts;

    public ImageMatches(OverlapTable table, AreaRange range, AveragePrecisionOptions options)
    {
        _table = table;
        var truths = table.Truths;
        _order = new int[truths.Count];
        _isLeftOut = new bool[truths.Count];
        _isCrowd = new bool[truths.Count];
        _isTaken = new bool[truths.Count];
        CountedTruths = Order(truths, truth => !(truth.IsCrowd || (options.HonoursIgnoreFlag && truth.IsIgnored) || !range.Holds(truth.Area)));
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

    // Those that count come first; otherwise they keep their order.
    private int Order(IReadOnlyList<TruthObject> truths, Func<TruthObject, bool> counts)
    {
        int first = 0, last = truths.Count;
        for (var g = 0; g < truths.Count; g++)
        {
            if (counts(truths[g]))
            {
                _order[first++] = g;
            }
        }

        for (var g = truths.Count - 1; last > first; g--)
        {
            if (!counts(truths[g]))
            {
                _order[--last] = g;
                (_isLeftOut[last], _isCrowd[last]) = (true, truths[g].IsCrowd);
            }
        }

        return first;
    }

    private void Match(double threshold, AreaRange range, Span<Verdict> verdicts)
    {
        Array.Clear(_isTaken);
        for (var d = 0; d < verdicts.Length; d++)
        {
            var match = BestMatch(_table.Overlaps(d), Math.Min(threshold, 1 - 1e-10));
            if (match >= 0)
            {
                _isTaken[match] = true;
                verdicts[d] = _isLeftOut[match] ? Verdict.LeftOut : Verdict.TruePositive;
            }
            else
            {
                var isLeftOut = _table.Detections[d].IsExcusedUnmatched || !range.Holds(_table.Detections[d].Object.Area);
                verdicts[d] = isLeftOut ? Verdict.LeftOut : Verdict.FalsePositive;
            }
        }
    }

    private int BestMatch(ReadOnlySpan<double> overlaps, double best)
    {
        var match = -1;
        for (var g = 0; g < _order.Length; g++)
        {
            if (_isTaken[g] && !_isCrowd[g])
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
