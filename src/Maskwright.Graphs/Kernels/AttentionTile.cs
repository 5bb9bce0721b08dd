using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Kernels;

/// <summary>
/// Attention of a tile of queries, one a lane of two vectors, over blocks of keys: logits, online softmax and the weighted sum of the values,
/// of which only a block's logits are ever in memory.
/// </summary>
/// <remarks>
/// Milakov and Gimelshein 2018 (online softmax), Dao et al. 2022 (blocks). Queries lie across the lanes, so maxima and sums need no work across
/// lanes and any head width goes without padding. Logits are in units of log 2: the caller folds log2(e) into the queries.
/// </remarks>
internal unsafe ref struct AttentionTile<TLanes, TVector>
    where TLanes : struct, IFloatLanes<TVector>
    where TVector : unmanaged
{
    private readonly int _headWidth;
    private readonly float* _logits;
    private readonly float* _sums;
    private readonly float* _fade;
    private TVector _largest0;
    private TVector _largest1;
    private TVector _total0;
    private TVector _total1;

    /// <summary>Takes a tile's working memory.</summary>
    /// <param name="headWidth">Channels of a head.</param>
    /// <param name="blockKeys">Most keys of a block.</param>
    /// <param name="scratch">Has room for <see cref="Floats"/> in <see cref="Pieces"/> pieces.</param>
    public AttentionTile(int headWidth, int blockKeys, ref KernelScratch scratch)
    {
        _headWidth = headWidth;
        _logits = scratch.Take(blockKeys * Lanes);
        _sums = scratch.Take(headWidth * Lanes);
        Queries = scratch.Take(headWidth * Lanes);
        _fade = scratch.Take(Lanes);
        Ones = scratch.Take(Lanes, 1);
        Zeros = scratch.Take(Lanes, 0);
    }

    /// <summary>Pieces of working memory that a tile takes.</summary>
    public const int Pieces = 6;

    /// <summary>What the caller multiplies logits by.</summary>
    public const float Log2E = 1.44269504f;

    /// <summary>Queries of a tile.</summary>
    public static int Lanes => 2 * TLanes.Count;

    /// <summary>[lanes] of 1.</summary>
    public readonly float* Ones { get; }

    /// <summary>[lanes] of 0.</summary>
    public readonly float* Zeros { get; }

    /// <summary>[width, lanes]: the queries times log2(e); filled by the caller before <see cref="Begin"/>.</summary>
    public readonly float* Queries { get; }

    /// <summary>Floats of working memory that a tile takes.</summary>
    public static long Floats(int headWidth, int blockKeys) => (long)(blockKeys + (2 * headWidth) + 3) * Lanes;

    /// <summary>Forgets the tile before.</summary>
    [MethodImpl(KernelMethod.Loop)]
    public void Begin()
    {
        _largest0 = _largest1 = TLanes.Broadcast(float.MinValue);
        _total0 = _total1 = TLanes.Broadcast(0);
        new Span<float>(_sums, _headWidth * Lanes).Clear();
    }

    /// <summary>Products of a table's rows with the unscaled queries: <c>result[row] = table[row] . q</c>, [rows, lanes].</summary>
    [MethodImpl(KernelMethod.Loop)]
    public readonly void Project(float* table, int rows, float* result)
    {
        var product = new LaneProduct<TLanes, TVector>
        {
            Left = table, LeftRow = _headWidth, LeftStep = 1, Right = Queries, Steps = _headWidth,
            Start = Zeros, StartRow = 0, Factor = Ones, Offset = Zeros, Destination = result,
        };
        product.Run(rows);
    }

    /// <summary>Takes in a block of keys and values.</summary>
    [MethodImpl(KernelMethod.Loop)]
    public void Attend(in AttentionBlock block)
    {
        var product = new LaneProduct<TLanes, TVector>
        {
            Left = block.Keys, LeftRow = block.KeyStride, LeftStep = 1, Right = Queries, Steps = _headWidth,
            Start = block.ByColumn, StartRow = block.ColumnStride, Factor = block.ColumnFactor, Offset = block.ByRow, Destination = _logits,
            Largest0 = _largest0, Largest1 = _largest1,
        };
        for (var row = 0; row < block.Rows; row++)
        {
            product.Start = block.ByColumn;
            product.Offset = block.ByRow + (row * Lanes);
            product.Run(block.Columns);
        }

        Fade(product.Largest0, product.Largest1);
        Exponentials(block.Rows * block.Columns);
        Accumulate(block.Values, block.ValueStride, block.Rows * block.Columns);
    }

    /// <summary>Writes the weighted means of the values.</summary>
    /// <param name="outputs">Where each lane's <c>width</c> floats go.</param>
    /// <param name="count">Lanes in use.</param>
    [MethodImpl(KernelMethod.Loop)]
    public readonly void End(float** outputs, int count)
    {
        var (scale0, scale1) = (TLanes.Divide(TLanes.Broadcast(1), _total0), TLanes.Divide(TLanes.Broadcast(1), _total1));
        for (var c = 0; c < _headWidth; c++)
        {
            var sums = _sums + (c * Lanes);
            TLanes.Store(TLanes.Multiply(TLanes.Load(sums), scale0), sums);
            TLanes.Store(TLanes.Multiply(TLanes.Load(sums + TLanes.Count), scale1), sums + TLanes.Count);
        }

        LaneTransposition.FromLanes(_sums, Lanes, outputs, _headWidth, count);
    }

    /// <summary>Sets the factor by which what was summed so far shrinks under the new maximum.</summary>
    [MethodImpl(KernelMethod.Loop)]
    private void Fade(TVector largest0, TVector largest1)
    {
        var floor = TLanes.Broadcast(-150);
        var fade0 = TLanes.Exp2(TLanes.Max(TLanes.Subtract(_largest0, largest0), floor));
        var fade1 = TLanes.Exp2(TLanes.Max(TLanes.Subtract(_largest1, largest1), floor));
        (_total0, _total1) = (TLanes.Multiply(_total0, fade0), TLanes.Multiply(_total1, fade1));
        (_largest0, _largest1) = (largest0, largest1);
        TLanes.Store(fade0, _fade);
        TLanes.Store(fade1, _fade + TLanes.Count);
    }

    /// <summary>Turns the block's logits into softmax's numerators and adds them up.</summary>
    [MethodImpl(KernelMethod.Loop)]
    private void Exponentials(int keys)
    {
        var (largest0, largest1) = (_largest0, _largest1);
        var (total0, total1) = (_total0, _total1);
        var logits = _logits;
        for (var key = 0; key < keys; key++)
        {
            var e0 = TLanes.Exp2(TLanes.Subtract(TLanes.Load(logits), largest0));
            var e1 = TLanes.Exp2(TLanes.Subtract(TLanes.Load(logits + TLanes.Count), largest1));
            TLanes.Store(e0, logits);
            TLanes.Store(e1, logits + TLanes.Count);
            total0 = TLanes.Add(total0, e0);
            total1 = TLanes.Add(total1, e1);
            logits += Lanes;
        }

        (_total0, _total1) = (total0, total1);
    }

    [MethodImpl(KernelMethod.Loop)]
    private readonly void Accumulate(float* values, nint stride, int keys)
    {
        var product = new LaneProduct<TLanes, TVector>
        {
            Left = values, LeftRow = 1, LeftStep = stride, Right = _logits, Steps = keys,
            Start = _sums, StartRow = Lanes, Factor = _fade, Offset = Zeros, Destination = _sums,
        };
        product.Run(_headWidth);
    }
}
