using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Kernels;

/// <summary>The vector form of attention with decomposed relative position, for one head and a part of its queries.</summary>
/// <remarks>The relative terms are products of the tables with the queries as well, then picked out by distance: the tables are never spread out.</remarks>
internal unsafe ref struct RelativePositionAttentionVector<TLanes, TVector>
    where TLanes : struct, IFloatLanes<TVector>
    where TVector : unmanaged
{
    private const int MostKeysInBlock = 256;
    private const int Pieces = 6;

    private readonly RelativePositionAttentionShape _shape;
    private readonly RelativePositionAttentionBuffers _buffers;
    private readonly float* _keys;
    private readonly float* _values;
    private readonly float* _byRow;
    private readonly float* _byColumn;
    private readonly float* _products;
    private readonly float* _absent;
    private readonly float* _inputEnd;
    private AttentionTile<TLanes, TVector> _tile;
    private int _image;
    private int _top;
    private int _left;
    private int _head;

    private RelativePositionAttentionVector(
        in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers, ref KernelScratch scratch)
    {
        _shape = shape;
        _buffers = buffers;
        var keyFloats = (long)shape.Keys * shape.HeadWidth;
        _inputEnd = buffers.Qkv + shape.InputLength;
        _keys = scratch.Take(keyFloats + TLanes.Count);
        _values = scratch.Take(keyFloats + TLanes.Count);
        _byRow = scratch.Take(shape.KeyHeight * Lanes, 0);
        _byColumn = scratch.Take(shape.KeyWidth * Lanes, 0);
        _products = scratch.Take(TableRows(shape) * Lanes);
        _absent = scratch.Take(shape.HeadWidth, 0);
        _tile = new AttentionTile<TLanes, TVector>(shape.HeadWidth, BlockKeys(shape), ref scratch);
    }

    private static int Lanes => AttentionTile<TLanes, TVector>.Lanes;

    /// <summary>Computes the queries <paramref name="first"/> to <paramref name="end"/> (excluded) of a window.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="buffers">Inputs and output.</param>
    /// <param name="image">Number of the map.</param>
    /// <param name="window">Number of the window, row by row.</param>
    /// <param name="head">Number of the head.</param>
    /// <param name="first">First query, counted row by row over the part of the window that lies on the map.</param>
    /// <param name="end">End of the queries; cut to the window's part on the map.</param>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run(
        in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers, int image, int window, int head, int first, int end)
    {
        var scratch = new KernelScratch(Floats(shape), Pieces + AttentionTile<TLanes, TVector>.Pieces);
        try
        {
            var (row, column) = Math.DivRem(window, shape.WindowsAcross);
            var worker = new RelativePositionAttentionVector<TLanes, TVector>(shape, buffers, ref scratch)
            {
                _image = image, _top = row * shape.KeyHeight, _left = column * shape.KeyWidth, _head = head,
            };
            worker.Window(first, end);
        }
        finally
        {
            scratch.Dispose();
        }
    }

    private static int BlockKeys(in RelativePositionAttentionShape shape) => Math.Min(MostKeysInBlock, shape.Keys);

    private static int TableRows(in RelativePositionAttentionShape shape) => (2 * Math.Max(shape.KeyHeight, shape.KeyWidth)) - 1;

    private static long Floats(in RelativePositionAttentionShape shape) =>
        (2L * ((shape.Keys * (long)shape.HeadWidth) + TLanes.Count)) + ((long)(shape.KeyHeight + shape.KeyWidth + TableRows(shape)) * Lanes) + shape.HeadWidth
        + AttentionTile<TLanes, TVector>.Floats(shape.HeadWidth, BlockKeys(shape));

    [MethodImpl(KernelMethod.Loop)]
    private void Window(int first, int end)
    {
        PackKeysAndValues();
        var width = Math.Min(_shape.KeyWidth, _shape.Width - _left);
        end = Math.Min(end, width * Math.Min(_shape.KeyHeight, _shape.Height - _top));
        for (var query = first; query < end; query += Lanes)
        {
            Tile(query, Math.Min(Lanes, end - query), width);
        }
    }

    /// <summary>Gathers the head's keys, scaled, and values into contiguous rows.</summary>
    [MethodImpl(KernelMethod.Loop)]
    private readonly void PackKeysAndValues()
    {
        var width = _shape.HeadWidth;
        var (key, value) = ((nint)_keys, (nint)_values);
        for (var y = _top; y < _top + _shape.KeyHeight; y++)
        {
            for (var x = _left; x < _left + _shape.KeyWidth; x++)
            {
                Copy(Token(y, x, 1), (float*)key, _shape.Scale);
                Copy(Token(y, x, 2), (float*)value, 1);
                key += width * sizeof(float);
                value += width * sizeof(float);
            }
        }
    }

    /// <summary>Copies a head's channels times a factor; may write up to a vector beyond them, where the next row or slack comes.</summary>
    [MethodImpl(KernelMethod.Step)]
    private readonly void Copy(float* from, float* to, float factor)
    {
        var width = _shape.HeadWidth;
        var c = 0;
        var readable = Math.Min(from < _inputEnd && from >= _buffers.Qkv ? _inputEnd - from : width, width + TLanes.Count - 1);
        for (; c < width && c + TLanes.Count <= readable; c += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(from + c), TLanes.Broadcast(factor)), to + c);
        }

        for (; c < width; c++)
        {
            to[c] = from[c] * factor;
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Tile(int first, int count, int windowWidth)
    {
        var queries = stackalloc float*[Lanes];
        var outputs = stackalloc float*[Lanes];
        var rows = stackalloc int[Lanes];
        var columns = stackalloc int[Lanes];
        var (row, column) = Math.DivRem(first, windowWidth);
        for (var lane = 0; lane < Lanes; lane++)
        {
            (rows[lane], columns[lane]) = (row, column);
            var (y, x) = (_top + row, _left + column);
            outputs[lane] = _buffers.Output + (Position(y, x) * _shape.OutputWidth) + (_head * _shape.HeadWidth);
            queries[lane] = Token(y, x, 0);
            if (lane < count - 1) // the lanes left over repeat the last query
            {
                (row, column) = column + 1 < windowWidth ? (row, column + 1) : (row + 1, 0);
            }
        }

        LaneTransposition.ToLanes(queries, _shape.HeadWidth, Lanes, AttentionTile<TLanes, TVector>.Log2E, _tile.Queries);
        _tile.Begin();
        PickProducts(_buffers.TableHeight, rows, _shape.KeyHeight, _byRow);
        PickProducts(_buffers.TableWidth, columns, _shape.KeyWidth, _byColumn);
        AttendAllKeys();
        _tile.End(outputs, count);
    }

    [MethodImpl(KernelMethod.Loop)]
    private void AttendAllKeys()
    {
        var width = Math.Min(_shape.KeyWidth, MostKeysInBlock);
        var height = Math.Max(1, MostKeysInBlock / _shape.KeyWidth);
        for (var y = 0; y < _shape.KeyHeight; y += height)
        {
            for (var x = 0; x < _shape.KeyWidth; x += width)
            {
                var at = (((long)y * _shape.KeyWidth) + x) * _shape.HeadWidth;
                _tile.Attend(new AttentionBlock
                {
                    Keys = _keys + at, KeyStride = _shape.HeadWidth, Values = _values + at, ValueStride = _shape.HeadWidth,
                    Rows = Math.Min(height, _shape.KeyHeight - y), Columns = Math.Min(width, _shape.KeyWidth - x), ByRow = _byRow + (y * Lanes),
                    ByColumn = _byColumn + (x * Lanes), ColumnStride = Lanes, ColumnFactor = _tile.Ones,
                });
            }
        }
    }

    /// <summary>For every key position and lane, the product of the lane's query with the table row of their distance.</summary>
    [MethodImpl(KernelMethod.Loop)]
    private readonly void PickProducts(float* table, int* positions, int side, float* picked)
    {
        if (table is null)
        {
            return;
        }

        var (lowest, highest) = (int.MaxValue, 0);
        for (var lane = 0; lane < Lanes; lane++)
        {
            lowest = Math.Min(lowest, positions[lane]);
            highest = Math.Max(highest, positions[lane]);
        }

        _tile.Project(table + ((long)lowest * _shape.HeadWidth), highest - lowest + side, _products);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var row = positions[lane] - lowest + side - 1;
            for (var key = 0; key < side; key++)
            {
                picked[(key * Lanes) + lane] = _products[((row - key) * Lanes) + lane];
            }
        }
    }

    [MethodImpl(KernelMethod.Step)]
    private readonly long Position(int y, int x) => ((((long)_image * _shape.Height) + y) * _shape.Width) + x;

    /// <summary>The head's channels of a token's q (0), k (1) or v (2).</summary>
    [MethodImpl(KernelMethod.Step)]
    private readonly float* Token(int y, int x, int part)
    {
        var channel = (part * _shape.OutputWidth) + (_head * _shape.HeadWidth);
        if (y >= _shape.Height || x >= _shape.Width)
        {
            return _buffers.QkvBias is null ? _absent : _buffers.QkvBias + channel;
        }

        return _buffers.Qkv + (Position(y, x) * _shape.TokenWidth) + channel;
    }
}
