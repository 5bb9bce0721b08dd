using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The pixels of a watershed with a frame of closed ones around, so that every pixel has all its neighbours.</summary>
internal sealed class FloodPlain
{
    private readonly ImageSize _size;
    private readonly int _stride;
    private readonly int[] _steps;
    private readonly int[] _levels;
    private readonly int[] _labels;
    private readonly bool[] _isOpen;
    private readonly LevelQueues _queues;

    public FloodPlain(ReadOnlySpan<float> elevation, LabelMap markers, WatershedOptions options)
    {
        (_size, _stride) = (markers.Size, markers.Size.Width + 2);
        _steps = options.Connectivity == Connectivity.Eight
            ? [-_stride, -1, 1, _stride, -_stride - 1, -_stride + 1, _stride - 1, _stride + 1]
            : [-_stride, -1, 1, _stride];
        var count = checked(_stride * (_size.Height + 2));
        (_levels, _labels, _isOpen) = (new int[count], new int[count], new bool[count]);
        var ranks = new int[elevation.Length];
        _queues = new LevelQueues(ElevationRanks.Fill(elevation, ranks), count);
        for (var y = 0; y < _size.Height; y++)
        {
            ranks.AsSpan(y * _size.Width, _size.Width).CopyTo(_levels.AsSpan(At(0, y)));
            Open(y, options.Mask, markers);
        }
    }

    /// <summary>Floods, and gives the labels back.</summary>
    public LabelMap Flood()
    {
        for (var at = _queues.Take(); at >= 0; at = _queues.Take())
        {
            foreach (var step in _steps)
            {
                var next = at + step;
                if (_isOpen[next])
                {
                    (_isOpen[next], _labels[next]) = (false, _labels[at]);
                    _queues.Add(next, _levels[next]);
                }
            }
        }

        var result = new LabelMap(_size, new int[_size.PixelCount]);
        for (var y = 0; y < _size.Height; y++)
        {
            _labels.AsSpan(At(0, y), _size.Width).CopyTo(result.Row(y));
        }

        return result;
    }

    private int At(int x, int y) => ((y + 1) * _stride) + x + 1;

    private void Open(int y, BinaryMask? mask, LabelMap markers)
    {
        var row = markers.Row(y);
        var start = At(0, y);
        for (var x = 0; x < row.Length; x++)
        {
            if (mask is not null && (mask.Row(y)[x >> 6] >> (x & 63) & 1) == 0)
            {
                continue;
            }

            _isOpen[start + x] = row[x] == 0;
            if (row[x] != 0)
            {
                _labels[start + x] = row[x];
                _queues.Add(start + x, _levels[start + x]);
            }
        }
    }
}
