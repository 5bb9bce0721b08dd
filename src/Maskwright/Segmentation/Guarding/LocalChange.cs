using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>Of what a click changed, only the part that it touched.</summary>
/// <remarks>The progressive merge of Lin et al. 2022 (FocalClick), on the cells of the logit maps.</remarks>
internal static class LocalChange
{
    /// <summary>The earlier logits, with the newer ones where the masks differ in one piece with the click, and in the cells next to that piece.</summary>
    /// <param name="older">Before the click.</param>
    /// <param name="newer">After it.</param>
    /// <param name="column">The click's cell.</param>
    /// <param name="row">The click's cell.</param>
    /// <param name="isPositive">Whether the click lies on the object: then cells are only added, else only taken away.</param>
    /// <param name="threshold">Where logits are cut.</param>
    /// <returns>Null when the maps do not lie alike, or nothing changed as the click wants it, there or next to it.</returns>
    public static MaskLogits? Merge(MaskLogits older, MaskLogits newer, int column, int row, bool isPositive, double threshold)
    {
        if (older.Width != newer.Width || older.Height != newer.Height || older.Frame != newer.Frame)
        {
            return null;
        }

        var before = older.Values.Span;
        var after = newer.Values.Span;
        var changed = new bool[before.Length];
        for (var i = 0; i < changed.Length; i++)
        {
            changed[i] = before[i] > threshold != isPositive && after[i] > threshold == isPositive;
        }

        var piece = Piece(changed, older.Width, Around(column, row, older.Width, older.Height).Where(cell => changed[cell]));
        if (piece.Count == 0)
        {
            return null;
        }

        var merged = before.ToArray();
        foreach (var cell in piece.SelectMany(c => Around(c % older.Width, c / older.Width, older.Width, older.Height)))
        {
            var changesAgainstTheClick = before[cell] > threshold == isPositive && after[cell] > threshold != isPositive;
            merged[cell] = changesAgainstTheClick ? before[cell] : after[cell];
        }

        return new MaskLogits(merged, older.Width, older.Height, older.Frame);
    }

    private static List<int> Piece(bool[] changed, int width, IEnumerable<int> seeds)
    {
        var piece = new List<int>();
        foreach (var seed in seeds.ToArray())
        {
            Take(seed);
        }

        for (var next = 0; next < piece.Count; next++)
        {
            var (x, y) = (piece[next] % width, piece[next] / width);
            foreach (var (dx, dy) in ((int, int)[])[(1, 0), (-1, 0), (0, 1), (0, -1)])
            {
                if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < changed.Length / width)
                {
                    Take(((y + dy) * width) + x + dx);
                }
            }
        }

        return piece;

        void Take(int cell)
        {
            if (changed[cell])
            {
                changed[cell] = false;
                piece.Add(cell);
            }
        }
    }

    private static IEnumerable<int> Around(int column, int row, int width, int height) =>
        from y in Enumerable.Range(row - 1, 3)
        from x in Enumerable.Range(column - 1, 3)
        where x >= 0 && y >= 0 && x < width && y < height
        select (y * width) + x;
}
