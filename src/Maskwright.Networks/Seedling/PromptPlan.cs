namespace Maskwright.Networks.Seedling;

/// <summary>Chooses where to ask next: in every block of cells that is not explained yet, the most promising one; then the most promising of all.</summary>
/// <remarks>Coarse to fine: large blocks first, so that few prompts reach all of the image.</remarks>
internal sealed class PromptPlan(ObjectnessMap map)
{
    private const int LeastDistance = 2;

    private readonly bool[] _asked = new bool[map.Width * map.Height];

    /// <summary>The best cell of every block that is open enough, best first.</summary>
    /// <param name="side">Of the blocks, in cells.</param>
    /// <param name="explained">[h,w]: cells that some mask explains; null for none.</param>
    /// <param name="most">No more than so many.</param>
    public IReadOnlyList<int> Blocks(int side, bool[]? explained, int most)
    {
        var found = new List<int>();
        for (var top = 0; top < map.Height; top += side)
        {
            for (var left = 0; left < map.Width; left += side)
            {
                if (BestOf(left, top, side, explained) is { } cell)
                {
                    found.Add(cell);
                }
            }
        }

        return Take(found, most);
    }

    /// <summary>The most promising cells that are not next to one asked before.</summary>
    /// <param name="most">No more than so many.</param>
    public IReadOnlyList<int> Peaks(int most)
    {
        var logits = map.Logits.ToArray();
        var found = new List<int>();
        foreach (var cell in Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]))
        {
            if (found.Count == most)
            {
                break;
            }

            if (!IsNearAsked(cell))
            {
                _asked[cell] = true;
                found.Add(cell);
            }
        }

        return found;
    }

    private int? BestOf(int left, int top, int side, bool[]? explained)
    {
        var (right, bottom) = (Math.Min(left + side, map.Width), Math.Min(top + side, map.Height));
        var (best, open) = ((int?)null, 0);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var cell = (y * map.Width) + x;
                if (explained?[cell] != true)
                {
                    open++;
                    best = best is null || map.Logits[cell] > map.Logits[best.Value] ? cell : best;
                }
            }
        }

        return 4 * open >= (right - left) * (bottom - top) && best is { } found && !IsNearAsked(found) ? found : null;
    }

    private List<int> Take(List<int> cells, int most)
    {
        var logits = map.Logits.ToArray();
        List<int> taken = [.. cells.OrderByDescending(cell => logits[cell]).Take(most)];
        taken.ForEach(cell => _asked[cell] = true);
        return taken;
    }

    private bool IsNearAsked(int cell)
    {
        var (x, y) = (cell % map.Width, cell / map.Width);
        for (var v = Math.Max(0, y - LeastDistance + 1); v < Math.Min(map.Height, y + LeastDistance); v++)
        {
            for (var u = Math.Max(0, x - LeastDistance + 1); u < Math.Min(map.Width, x + LeastDistance); u++)
            {
                if (_asked[(v * map.Width) + u])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
