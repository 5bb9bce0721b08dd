using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>
/// Suzuki's border following, on bits: a row is looked at where its runs begin and end only, since borders start nowhere else. A border's number is written
/// down only where it passes, and read only where bits say that one has passed.
/// </summary>
internal sealed class BorderFollowing : IDisposable
{
    private const int Frame = -1;
    private const int Left = 4;
    private const int Right = 0;

    // Counterclockwise as seen, from the right.
    private static readonly int[] _stepsX = [1, 1, 0, -1, -1, -1, 0, 1];
    private static readonly int[] _stepsY = [0, -1, -1, -1, 0, 1, 1, 1];

    private readonly BinaryMask _mask;
    private readonly bool _cornersOnly;
    private readonly BinaryMask _isVisited;
    private readonly BinaryMask _isRightEdge;
    private readonly int[] _numbers;
    private readonly List<Border> _borders = [];
    private readonly List<PixelPosition> _points = [];

    /// <summary>Prepares a mask.</summary>
    public BorderFollowing(BinaryMask mask, bool cornersOnly)
    {
        (_mask, _cornersOnly) = (mask, cornersOnly);
        (_isVisited, _isRightEdge) = (new BinaryMask(mask.Size), new BinaryMask(mask.Size));
        _numbers = ArrayPool<int>.Shared.Rent(checked(mask.Width * mask.Height));
    }

    /// <summary>All borders in the order in which a walk row by row finds them.</summary>
    public List<Border> Borders()
    {
        for (var y = 0; y < _mask.Height; y++)
        {
            var before = -1;
            foreach (var (start, end) in new WordRuns(_mask.Row(y), _mask.Width))
            {
                Look(y, start, end - 1, before);
                before = end - 1;
            }
        }

        return _borders;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<int>.Shared.Return(_numbers);

    // Starts the borders that a run gives rise to; the border met last is that at the end of the run before, or within this run.
    private void Look(int y, int first, int end, int before)
    {
        var isOuter = !IsSet(_isVisited, first, y);
        if (isOuter)
        {
            Follow(first, y, isHole: false, before < 0 ? Frame : Number(before, y));
        }

        if (!IsSet(_isRightEdge, end, y) && !(isOuter && first == end))
        {
            var last = end;
            while (!IsSet(_isVisited, last, y))
            {
                last--;
            }

            Follow(end, y, isHole: true, Number(last, y));
        }
    }

    private void Follow(int x, int y, bool isHole, int last)
    {
        var number = _borders.Count;
        _points.Clear();
        Walk(x, y, isHole ? Right : Left, number);
        var isInside = last == Frame || _borders[last].IsHole;
        var parent = isHole != isInside ? last : last == Frame ? Frame : _borders[last].Parent;
        _borders.Add(new Border([.. CollectionsMarshal.AsSpan(_points)], isHole, parent));
    }

    private void Walk(int x, int y, int outside, int number)
    {
        var around = Around(x, y);
        if (around == 0)
        {
            Mark(x, y, number, isRightEdge: true);
            _points.Add(new PixelPosition(x, y));
            return;
        }

        // Clockwise from the unset neighbour: the neighbour from which the walk will come back at its end.
        var direction = (outside - 1 - BitOperations.LeadingZeroCount(RotateLeft(around, 8 - outside) << 24)) & 7;
        var (startX, startY, stopX, stopY) = (x, y, x + _stepsX[direction], y + _stepsY[direction]);
        var arrival = direction ^ 4;
        while (true)
        {
            var turn = 1 + BitOperations.TrailingZeroCount(RotateLeft(around, 7 - direction));
            var next = (direction + turn) & 7;
            var passesRight = direction + turn > 8;
            Mark(x, y, number, passesRight);
            if (!_cornersOnly || next != arrival)
            {
                _points.Add(new PixelPosition(x, y));
            }

            var isStop = x == stopX && y == stopY;
            (x, y, arrival, direction) = (x + _stepsX[next], y + _stepsY[next], next, (next + 4) & 7);
            if (isStop && x == startX && y == startY)
            {
                return;
            }

            around = Around(x, y);
        }
    }

    private void Mark(int x, int y, int number, bool isRightEdge)
    {
        var (word, bit) = ((y * _mask.WordsPerRow) + (x >> 6), 1UL << (x & 63));
        ref var visited = ref _isVisited.Words[word];
        if (isRightEdge || (visited & bit) == 0)
        {
            _numbers[(y * _mask.Width) + x] = number;
        }

        visited |= bit;
        _isRightEdge.Words[word] |= isRightEdge ? bit : 0;
    }

    // Eight bits: bit d tells of the neighbour in direction d.
    private uint Around(int x, int y)
    {
        var above = y > 0 ? Three(_mask.Row(y - 1), x) : 0;
        var here = Three(_mask.Row(y), x);
        var below = y + 1 < _mask.Height ? Three(_mask.Row(y + 1), x) : 0;
        return (here >> 2 & 1) | (above >> 2 & 1) << 1 | (above >> 1 & 1) << 2 | (above & 1) << 3
            | (here & 1) << 4 | (below & 1) << 5 | (below >> 1 & 1) << 6 | (below >> 2 & 1) << 7;
    }

    // The pixels left of x, at x and right of x, from the lowest bit.
    private static uint Three(ReadOnlySpan<ulong> row, int x)
    {
        var (word, bit) = (x >> 6, x & 63);
        var left = bit > 0 ? row[word] >> (bit - 1) & 3 : (row[word] & 1) << 1 | (word > 0 ? row[word - 1] >> 63 : 0);
        var right = bit < 63 ? row[word] >> (bit + 1) & 1 : word + 1 < row.Length ? row[word + 1] & 1 : 0;
        return (uint)(left | right << 2);
    }

    private static uint RotateLeft(uint eight, int count) => (eight << (count & 7) | eight >> (8 - (count & 7))) & 0xFF;

    private static bool IsSet(BinaryMask mask, int x, int y) => (mask.Words[(y * mask.WordsPerRow) + (x >> 6)] >> (x & 63) & 1) != 0;

    private int Number(int x, int y) => _numbers[(y * _mask.Width) + x];
}
