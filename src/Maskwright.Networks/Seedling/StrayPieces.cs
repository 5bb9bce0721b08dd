using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Takes pieces out of a mask that hardly belong to it: of a clicked one those that no click touches and of which the network is nowhere sure, mostly strangers of the same colour; of a boxed one crumbs.</summary>
internal static class StrayPieces
{
    // The logit that a piece beside the clicked ones must reach somewhere to stay, a probability of 0.88.
    private const float Sure = 2;

    // Of a boxed mask, pieces of less than this part of the largest one are crumbs.
    private const double CrumbShare = 0.05;

    /// <summary>Takes them out; a mask that no positive click touches and no box holds stays as it is.</summary>
    /// <param name="logits">[h,w], changed in place: cells that go get the opposite logit.</param>
    /// <param name="cells">w and h.</param>
    /// <param name="prompt">In original image pixels; its positive clicks touch the cells that they lie in.</param>
    /// <param name="frame">How the cells lie on the image.</param>
    /// <param name="threshold">Where logits are cut.</param>
    public static void Drop(Span<float> logits, ImageSize cells, Prompt prompt, LogitFrame frame, double threshold)
    {
        var search = new Search(cells, (float)threshold);
        if (prompt.Points.Any(point => point.IsPositive))
        {
            DropUnsure(search, logits, [.. prompt.Points.Where(point => point.IsPositive).Select(point => CellOf(point, cells, frame))]);
        }
        else if (prompt.Box is not null)
        {
            DropCrumbs(search, logits);
        }
    }

    private static void DropUnsure(Search search, Span<float> logits, int[] clicked)
    {
        var piece = new List<int>();
        var isTouched = false;
        foreach (var cell in clicked)
        {
            isTouched |= search.Collect(cell, logits, piece);
        }

        for (var start = 0; isTouched && start < logits.Length; start++)
        {
            if (search.Collect(start, logits, piece) && Peak(piece, logits) < search.Cut + Sure)
            {
                Invert(piece, logits, search.Cut);
            }
        }
    }

    private static void DropCrumbs(Search search, Span<float> logits)
    {
        var (pieces, piece) = (new List<int[]>(), new List<int>());
        for (var start = 0; start < logits.Length; start++)
        {
            if (search.Collect(start, logits, piece))
            {
                pieces.Add([.. piece]);
            }
        }

        var largest = pieces.Select(cells => cells.Length).DefaultIfEmpty(0).Max();
        foreach (var crumb in pieces.Where(cells => cells.Length < CrumbShare * largest))
        {
            Invert(crumb, logits, search.Cut);
        }
    }

    private static int CellOf(PromptPoint point, ImageSize cells, LogitFrame frame)
    {
        var (column, row) = frame.CellAt(point.PixelMiddle().X, point.PixelMiddle().Y, cells);
        return (row * cells.Width) + column;
    }

    private static float Peak(List<int> piece, ReadOnlySpan<float> logits)
    {
        var peak = float.NegativeInfinity;
        foreach (var cell in piece)
        {
            peak = Math.Max(peak, logits[cell]);
        }

        return peak;
    }

    private static void Invert(IEnumerable<int> piece, Span<float> logits, float cut)
    {
        foreach (var cell in piece)
        {
            logits[cell] = cut - (logits[cell] - cut);
        }
    }

    private sealed class Search(ImageSize cells, float cut)
    {
        private readonly bool[] _isSeen = new bool[cells.PixelCount];

        public float Cut => cut;

        /// <summary>Finds the piece around a cell, neighbours at corners included.</summary>
        /// <param name="start">The cell.</param>
        /// <param name="logits">[h,w].</param>
        /// <param name="piece">Gets the cells.</param>
        /// <returns>False when the cell lies outside the mask, or in a piece that was found before.</returns>
        public bool Collect(int start, ReadOnlySpan<float> logits, List<int> piece)
        {
            if (_isSeen[start] || !(logits[start] > cut))
            {
                return false;
            }

            _isSeen[start] = true;
            piece.Clear();
            piece.Add(start);
            for (var next = 0; next < piece.Count; next++)
            {
                int x = piece[next] % cells.Width, y = piece[next] / cells.Width;
                for (var v = Math.Max(0, y - 1); v <= Math.Min(cells.Height - 1, y + 1); v++)
                {
                    for (var u = Math.Max(0, x - 1); u <= Math.Min(cells.Width - 1, x + 1); u++)
                    {
                        var cell = (v * cells.Width) + u;
                        if (!_isSeen[cell] && logits[cell] > cut)
                        {
                            _isSeen[cell] = true;
                            piece.Add(cell);
                        }
                    }
                }
            }

            return true;
        }
    }
}
