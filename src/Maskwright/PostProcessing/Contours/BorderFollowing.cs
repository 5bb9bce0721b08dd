using System.Runtime.InteropServices;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Suzuki's border following. A row is looked at where its runs begin and end only, since borders start nowhere else.</summary>
internal sealed class BorderFollowing
{
    private const int Unvisited = 1;
    private const int FrameNumber = 1;
    private const int FirstNumber = 2;
    private const int Left = 4;
    private const int Right = 0;

    // Counterclockwise as seen, from the right.
    private static readonly int[] _stepsX = [1, 1, 0, -1, -1, -1, 0, 1];
    private static readonly int[] _stepsY = [0, -1, -1, -1, 0, 1, 1, 1];

    private readonly BinaryMask _mask;
    private readonly bool _cornersOnly;
    private readonly int _stride;
    private readonly int[] _labels;
    private readonly int[] _offsets = new int[8];
    private readonly List<Border> _borders = [];
    private readonly List<PixelPosition> _points = [];

    /// <summary>Prepares a mask; a frame of one pixel around it spares asking where the image ends.</summary>
    public BorderFollowing(BinaryMask mask, bool cornersOnly)
    {
        (_mask, _cornersOnly, _stride) = (mask, cornersOnly, mask.Width + 2);
        _labels = new int[checked(_stride * (mask.Height + 2))];
        for (var direction = 0; direction < 8; direction++)
        {
            _offsets[direction] = (_stepsY[direction] * _stride) + _stepsX[direction];
        }

        for (var y = 0; y < mask.Height; y++)
        {
            foreach (var (start, end) in new WordRuns(mask.Row(y), mask.Width))
            {
                _labels.AsSpan(Index(start, y), end - start).Fill(Unvisited);
            }
        }
    }

    /// <summary>All borders in the order in which a walk row by row finds them.</summary>
    public List<Border> Borders()
    {
        for (var y = 0; y < _mask.Height; y++)
        {
            var last = FrameNumber;
            foreach (var (start, end) in new WordRuns(_mask.Row(y), _mask.Width))
            {
                last = Look(y, start, end - 1, last);
            }
        }

        return _borders;
    }

    // Starts the borders that a run gives rise to; returns the number of the border met last.
    private int Look(int y, int first, int end, int last)
    {
        var isOuter = _labels[Index(first, y)] == Unvisited;
        if (isOuter)
        {
            Follow(first, y, isHole: false, last);
        }

        var label = _labels[Index(end, y)];
        if (label >= Unvisited && !(isOuter && first == end))
        {
            Follow(end, y, isHole: true, label > Unvisited ? label : LastVisited(first, end, y));
        }

        return Math.Abs(_labels[Index(end, y)]);
    }

    private int LastVisited(int first, int end, int y)
    {
        var before = _labels.AsSpan(Index(first, y), end - first);
        return Math.Abs(before[before.LastIndexOfAnyExcept(Unvisited)]);
    }

    private void Follow(int x, int y, bool isHole, int last)
    {
        var number = _borders.Count + FirstNumber;
        _points.Clear();
        Walk(x, y, isHole ? Right : Left, number);
        var isInside = last == FrameNumber || _borders[last - FirstNumber].IsHole;
        var parent = isHole != isInside ? last - FirstNumber : last == FrameNumber ? -1 : _borders[last - FirstNumber].Parent;
        _borders.Add(new Border([.. CollectionsMarshal.AsSpan(_points)], isHole, Math.Max(parent, -1)));
    }

    private void Walk(int x, int y, int outside, int number)
    {
        var start = Index(x, y);
        var direction = outside;
        do
        {
            direction = (direction - 1) & 7;
        }
        while (_labels[start + _offsets[direction]] == 0 && direction != outside);

        if (direction == outside)
        {
            _labels[start] = -number;
            _points.Add(new PixelPosition(x, y));
            return;
        }

        var (stop, here, arrival) = (start + _offsets[direction], start, direction ^ 4);
        while (true)
        {
            var next = Turn(here, ref direction, number);
            if (!_cornersOnly || direction != arrival)
            {
                _points.Add(new PixelPosition(x, y));
            }

            if (next == start && here == stop)
            {
                return;
            }

            (x, y, here, arrival) = (x + _stepsX[direction], y + _stepsY[direction], next, direction);
            direction = (direction + 4) & 7;
        }
    }

    // Turns counterclockwise to the next set neighbour, and marks the pixel; negative where the way leads past an unset pixel on the right.
    private int Turn(int here, ref int direction, int number)
    {
        var passesRight = false;
        int next;
        while (true)
        {
            direction = (direction + 1) & 7;
            next = here + _offsets[direction];
            if (_labels[next] != 0)
            {
                break;
            }

            passesRight |= direction == Right;
        }

        ref var label = ref _labels[here];
        label = passesRight ? -number : label == Unvisited ? number : label;
        return next;
    }

    private int Index(int x, int y) => ((y + 1) * _stride) + x + 1;
}
