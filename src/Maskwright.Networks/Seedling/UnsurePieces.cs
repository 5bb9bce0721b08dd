using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Takes those pieces out of a clicked mask that no click touches and of which the network is nowhere sure: mostly strangers of the same colour.</summary>
internal static class UnsurePieces
{
    // The logit that a piece must reach somewhere to stay, a probability of 0.88.
    private const float Sure = 2;

    /// <summary>Takes them out; a mask that no click touches stays as it is.</summary>
    /// <param name="logits">[h,w], changed in place: cells that go get the opposite logit.</param>
    /// <param name="cells">w and h.</param>
    /// <param name="prompt">In original image pixels; its positive clicks touch the cells that they lie in.</param>
    /// <param name="frame">How the cells lie on the image.</param>
    /// <param name="threshold">Where logits are cut.</param>
    public static void Drop(Span<float> logits, ImageSize cells, Prompt prompt, LogitFrame frame, double threshold)
    {
        var isSeen = new bool[logits.Length];
        var cut = (float)threshold;
        var pieces = new List<int>();
        foreach (var click in prompt.Points.Where(point => point.IsPositive))
        {
            var (column, row) = frame.CellAt(click.PixelMiddle().X, click.PixelMiddle().Y, cells);
            Collect((row * cells.Width) + column, logits, cells, cut, isSeen, pieces);
        }

        if (pieces.Count == 0)
        {
            return;
        }

        for (var start = 0; start < logits.Length; start++)
        {
            pieces.Clear();
            var peak = Collect(start, logits, cells, cut, isSeen, pieces);
            foreach (var cell in peak < cut + Sure ? pieces : [])
            {
                logits[cell] = cut - (logits[cell] - cut);
            }
        }
    }

    /// <summary>Adds the piece around a cell that was not seen yet.</summary>
    /// <returns>Its greatest logit; infinity when there is no such piece.</returns>
    private static float Collect(int start, ReadOnlySpan<float> logits, ImageSize cells, float cut, bool[] isSeen, List<int> piece)
    {
        var next = piece.Count;
        var peak = float.PositiveInfinity;
        if (!isSeen[start] && logits[start] > cut)
        {
            isSeen[start] = true;
            piece.Add(start);
            peak = logits[start];
        }

        for (; next < piece.Count; next++)
        {
            int x = piece[next] % cells.Width, y = piece[next] / cells.Width;
            for (var v = Math.Max(0, y - 1); v <= Math.Min(cells.Height - 1, y + 1); v++)
            {
                for (var u = Math.Max(0, x - 1); u <= Math.Min(cells.Width - 1, x + 1); u++)
                {
                    var cell = (v * cells.Width) + u;
                    if (!isSeen[cell] && logits[cell] > cut)
                    {
                        isSeen[cell] = true;
                        piece.Add(cell);
                        peak = Math.Max(peak, logits[cell]);
                    }
                }
            }
        }

        return peak;
    }
}
