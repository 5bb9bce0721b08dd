using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Segmentation;

namespace Maskwright.Metrics;

/// <summary>The field's simulated user: clicks in the middle of the largest error.</summary>
/// <remarks>
/// Xu et al. 2016, with the rule of Sofiiuk et al. 2021 (RITM): of what is missing and what is too much, the click goes to the pixel deepest inside by
/// Euclidean distance, the image's border being outside; missing wins only when strictly deeper; the first such pixel, row by row; no pixel is clicked twice.
/// </remarks>
public sealed class RobotUser
{
    private readonly BinaryMask _truth;
    private readonly BinaryMask? _ignored;
    private readonly HashSet<(int X, int Y)> _clicked = [];

    /// <summary>Starts without clicks.</summary>
    /// <param name="truth">The object that the user wants.</param>
    /// <param name="ignored">Pixels where nothing is an error; null for none.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public RobotUser(BinaryMask truth, BinaryMask? ignored = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (ignored is not null && ignored.Size != truth.Size)
        {
            throw new ArgumentException($"The truth is {truth.Size}, but the ignored pixels are {ignored.Size}.", nameof(ignored));
        }

        (_truth, _ignored) = (truth, ignored);
    }

    /// <summary>The next click.</summary>
    /// <param name="prediction">What the user sees; null before the first answer.</param>
    /// <returns>At the centre of a pixel; null when there is no error left to click at.</returns>
    /// <exception cref="ArgumentException">The prediction has another size.</exception>
    public PromptPoint? Next(BinaryMask? prediction)
    {
        if (prediction is not null && prediction.Size != _truth.Size)
        {
            throw new ArgumentException($"The truth is {_truth.Size}, but the prediction is {prediction.Size}.", nameof(prediction));
        }

        var missing = Deepest((truth, found) => truth & ~found, prediction);
        var extra = Deepest((truth, found) => found & ~truth, prediction);
        var (x, y, squared) = missing.Squared > extra.Squared ? missing : extra;
        if (squared == 0)
        {
            return null;
        }

        _clicked.Add((x, y));
        return new PromptPoint(x + 0.5, y + 0.5, missing.Squared > extra.Squared);
    }

    private (int X, int Y, int Squared) Deepest(Func<ulong, ulong, ulong> rule, BinaryMask? prediction)
    {
        var distances = DistanceTransform.Of(Framed(rule, prediction)).Squared;
        var (bestX, bestY, best) = (0, 0, 0);
        for (var y = 0; y < _truth.Height; y++)
        {
            for (var x = 0; x < _truth.Width; x++)
            {
                var squared = distances[((y + 1) * (_truth.Width + 2)) + x + 1];
                if (squared > best && !_clicked.Contains((x, y)))
                {
                    (bestX, bestY, best) = (x, y, squared);
                }
            }
        }

        return (bestX, bestY, best);
    }

    // One pixel of outside around the errors, so that the border bounds them.
    private BinaryMask Framed(Func<ulong, ulong, ulong> rule, BinaryMask? prediction)
    {
        var framed = new BinaryMask(_truth.Width + 2, _truth.Height + 2);
        for (var y = 0; y < _truth.Height; y++)
        {
            var from = y * _truth.WordsPerRow;
            var to = framed.Row(y + 1);
            for (var i = 0; i < _truth.WordsPerRow; i++)
            {
                var word = rule(_truth.Words[from + i], prediction?.Words[from + i] ?? 0) & ~(_ignored?.Words[from + i] ?? 0);
                to[i] |= word << 1;
                if (word >> 63 != 0)
                {
                    to[i + 1] |= 1;
                }
            }
        }

        return framed;
    }
}
