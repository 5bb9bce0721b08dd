using System.Numerics;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Walks along the cracks between inside and outside pixels, with the inside to the right hand.</summary>
/// <remarks>
/// Every ring, also that of a hole, passes over the top edge of some inside pixel from left to right; these edges, one bit each, are the starting
/// points that are still to be visited.
/// </remarks>
internal sealed class CrackFollowing
{
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)]; // right, down, left, up

    private readonly BinaryMask _mask;
    private readonly BinaryMask _topEdges;
    private readonly int _offsetX;
    private readonly int _offsetY;
    private readonly List<PixelRing> _rings = [];
    private readonly List<PixelCorner> _corners = [];
    private readonly Dictionary<PixelCorner, int> _pinches = [];

    public CrackFollowing(BinaryMask mask, int offsetX, int offsetY)
    {
        (_mask, _offsetX, _offsetY) = (mask, offsetX, offsetY);
        _topEdges = mask.Clone();
        for (var y = mask.Height - 1; y > 0; y--)
        {
            var edges = _topEdges.Row(y);
            var above = mask.Row(y - 1);
            for (var i = 0; i < edges.Length; i++)
            {
                edges[i] &= ~above[i];
            }
        }
    }

    public IReadOnlyList<PixelRing> Rings()
    {
        for (var y = 0; y < _mask.Height; y++)
        {
            var edges = _topEdges.Row(y);
            for (var i = 0; i < edges.Length; i++)
            {
                while (edges[i] != 0)
                {
                    Follow((i * 64) + BitOperations.TrailingZeroCount(edges[i]), y);
                }
            }
        }

        return _rings;
    }

    private void Follow(int startX, int startY)
    {
        _corners.Clear();
        _pinches.Clear();
        var (x, y, direction) = (startX, startY, 0);
        do
        {
            if (direction == 0)
            {
                _topEdges.Row(y)[x >> 6] &= ~(1UL << (x & 63));
            }

            x += Steps[direction].X;
            y += Steps[direction].Y;
            var turned = Turn(x, y, direction);
            if (turned != direction)
            {
                AddCorner(x, y);
                direction = turned;
            }
        }
        while (x != startX || y != startY || direction != 0);

        _rings.Add(new PixelRing(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_corners)));
    }

    // Right when the pixel ahead on the right hand is outside, else straight when the one ahead on the left hand is outside, else left.
    private int Turn(int x, int y, int direction)
    {
        var (right, left) = direction switch
        {
            0 => (IsInside(x, y), IsInside(x, y - 1)),
            1 => (IsInside(x - 1, y), IsInside(x, y)),
            2 => (IsInside(x - 1, y - 1), IsInside(x - 1, y)),
            _ => (IsInside(x, y - 1), IsInside(x - 1, y - 1)),
        };
        return !right ? (direction + 1) & 3 : left ? (direction + 3) & 3 : direction;
    }

    private void AddCorner(int x, int y)
    {
        var corner = new PixelCorner(x + _offsetX, y + _offsetY);
        if (!IsPinch(x, y))
        {
            _corners.Add(corner);
        }
        else if (_pinches.TryGetValue(corner, out var first))
        {
            CutOff(first);
        }
        else
        {
            _pinches.Add(corner, _corners.Count);
            _corners.Add(corner);
        }
    }

    private bool IsPinch(int x, int y)
    {
        var topLeft = IsInside(x - 1, y - 1);
        return topLeft == IsInside(x, y) && topLeft != IsInside(x, y - 1) && IsInside(x, y - 1) == IsInside(x - 1, y);
    }

    // What lies between the two visits of a corner is a ring of its own; the corner stays in both.
    private void CutOff(int first)
    {
        var corners = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_corners)[first..];
        foreach (var corner in corners[1..])
        {
            _pinches.Remove(corner);
        }

        _rings.Add(new PixelRing(corners));
        _corners.RemoveRange(first + 1, _corners.Count - first - 1);
    }

    private bool IsInside(int x, int y) =>
        (uint)x < (uint)_mask.Width && (uint)y < (uint)_mask.Height && (_mask.Row(y)[x >> 6] >> (x & 63) & 1) != 0;
}
