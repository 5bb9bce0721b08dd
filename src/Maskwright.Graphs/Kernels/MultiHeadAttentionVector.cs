using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>The vector form of attention of several heads, for one head of one batch and a part of its queries.</summary>
internal unsafe ref struct MultiHeadAttentionVector<TLanes, TVector>
    where TLanes : struct, IFloatLanes<TVector>
    where TVector : unmanaged
{
    private const int MostKeysInBlock = 256;
    private const int Pieces = 4;

    /// <summary>With fewer tiles of queries the keys are read where they lie: gathering them would cost more than it saves.</summary>
    private const int TilesWorthPacking = 4;

    private readonly MultiHeadAttentionShape _shape;
    private readonly MultiHeadAttentionBuffers _buffers;
    private readonly float* _biasTail;
    private readonly float* _biasFactor;
    private readonly int _batch;
    private int _head;
    private float* _keys;
    private nint _keyStride;
    private float* _values;
    private nint _valueStride;
    private AttentionTile<TLanes, TVector> _tile;

    private MultiHeadAttentionVector(
        in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers, int batch, ref KernelScratch scratch)
    {
        (_shape, _buffers, _batch) = (shape, buffers, batch);
        _tile = new AttentionTile<TLanes, TVector>(shape.HeadWidth, BlockKeys(shape), ref scratch);
        _biasFactor = scratch.Take(Lanes, AttentionTile<TLanes, TVector>.Log2E);
        _biasTail = scratch.Take(BlockKeys(shape) * Lanes);
    }

    private static int Lanes => AttentionTile<TLanes, TVector>.Lanes;

    /// <summary>Computes the queries <paramref name="first"/> to <paramref name="end"/> (excluded) of some heads.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="buffers">Inputs and output.</param>
    /// <param name="batch">Number of the batch.</param>
    /// <param name="firstHead">First head.</param>
    /// <param name="heads">Number of heads; they take turns at each tile of queries, since they lie side by side in memory.</param>
    /// <param name="first">First query.</param>
    /// <param name="end">End of the queries.</param>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run(
        in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers, int batch, int firstHead, int heads, int first, int end)
    {
        var isPacked = heads == 1 && end - first >= TilesWorthPacking * Lanes;
        var packed = isPacked ? (long)shape.Keys * shape.HeadWidth : 0;
        var floats = (2 * packed) + ((BlockKeys(shape) + 1L) * Lanes) + AttentionTile<TLanes, TVector>.Floats(shape.HeadWidth, BlockKeys(shape));
        var scratch = new KernelScratch(floats, Pieces + AttentionTile<TLanes, TVector>.Pieces);
        try
        {
            var worker = new MultiHeadAttentionVector<TLanes, TVector>(shape, buffers, batch, ref scratch);
            worker.Select(firstHead);
            if (isPacked)
            {
                worker.Pack(scratch.Take(packed), scratch.Take(packed));
            }

            worker.Tiles(firstHead, heads, first, end);
        }
        finally
        {
            scratch.Dispose();
        }
    }

    private static int BlockKeys(in MultiHeadAttentionShape shape) => Math.Min(MostKeysInBlock, shape.Keys);

    [MethodImpl(KernelMethod.Step)]
    private void Select(int head)
    {
        _head = head;
        (_keyStride, _valueStride) = ((nint)_buffers.Key.RowStride, (nint)_buffers.Value.RowStride);
        _keys = _buffers.Key.At(_batch, head, 0);
        _values = _buffers.Value.At(_batch, head, 0);
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Tiles(int firstHead, int heads, int first, int end)
    {
        for (var query = first; query < end; query += Lanes)
        {
            for (var head = firstHead; head < firstHead + heads; head++)
            {
                if (heads > 1)
                {
                    Select(head);
                }

                Tile(query, Math.Min(Lanes, end - query));
            }
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Pack(float* keys, float* values)
    {
        var width = _shape.HeadWidth;
        for (nint key = 0; key < _shape.Keys; key++)
        {
            new ReadOnlySpan<float>(_keys + (key * _keyStride), width).CopyTo(new Span<float>(keys + (key * width), width));
            new ReadOnlySpan<float>(_values + (key * _valueStride), width).CopyTo(new Span<float>(values + (key * width), width));
        }

        _keys = keys;
        _values = values;
        _keyStride = _valueStride = width;
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Tile(int first, int count)
    {
        var queries = stackalloc float*[Lanes];
        var outputs = stackalloc float*[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            var query = first + Math.Min(lane, count - 1); // the lanes left over repeat the last query
            queries[lane] = _buffers.Query.At(_batch, _head, query);
            outputs[lane] = _buffers.Output.At(_batch, _head, query);
        }

        LaneTransposition.ToLanes(queries, _shape.HeadWidth, Lanes, _shape.Scale * AttentionTile<TLanes, TVector>.Log2E, _tile.Queries);
        _tile.Begin();
        for (var key = 0; key < _shape.Keys; key += MostKeysInBlock)
        {
            Prefetch(key + MostKeysInBlock);
            Attend(key, Math.Min(MostKeysInBlock, _shape.Keys - key), first, count);
        }

        _tile.End(outputs, count);
    }

    /// <summary>Asks for a block ahead of its use where it lies scattered: heads of a row lie side by side, so hardware does not foresee it.</summary>
    [MethodImpl(KernelMethod.Loop)]
    private readonly void Prefetch(int key)
    {
        var end = Sse.IsSupported && _keyStride != _shape.HeadWidth ? Math.Min(key + MostKeysInBlock, _shape.Keys) : key;
        for (nint i = key; i < end; i++)
        {
            for (var c = 0; c < _shape.HeadWidth; c += 16)
            {
                Sse.Prefetch1(_keys + (i * _keyStride) + c);
                Sse.Prefetch1(_values + (i * _valueStride) + c);
            }
        }
    }

    [MethodImpl(KernelMethod.Loop)]
    private void Attend(int key, int keys, int firstQuery, int queries)
    {
        var block = new AttentionBlock
        {
            Keys = _keys + (key * _keyStride), KeyStride = _keyStride, Values = _values + (key * _valueStride), ValueStride = _valueStride,
            Rows = 1, Columns = keys, ByRow = _tile.Zeros, ByColumn = _tile.Zeros, ColumnStride = 0, ColumnFactor = _tile.Ones,
        };
        if (_buffers.Bias is not null)
        {
            block.ByColumn = _buffers.Bias + ((((long)_head * _shape.Keys) + key) * _shape.Queries) + firstQuery;
            block.ColumnStride = _shape.Queries;
            block.ColumnFactor = _biasFactor;
            CopyTail(ref block, queries);
        }

        _tile.Attend(block);
    }

    /// <summary>Keeps the last tile from reading the bias beyond its rows.</summary>
    private readonly void CopyTail(ref AttentionBlock block, int queries)
    {
        if (queries == Lanes)
        {
            return;
        }

        for (var key = 0; key < block.Columns; key++)
        {
            var row = new Span<float>(_biasTail + (key * Lanes), Lanes);
            row[queries..].Clear();
            new ReadOnlySpan<float>(block.ByColumn + (key * block.ColumnStride), queries).CopyTo(row);
        }

        block.ByColumn = _biasTail;
        block.ColumnStride = Lanes;
    }
}
