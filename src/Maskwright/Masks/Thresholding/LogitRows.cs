namespace Maskwright.Masks;

/// <summary>Rows of an image of logits, made when they are asked for, from the top down.</summary>
internal abstract class LogitRows
{
    /// <summary>One row, in a buffer that the next call may overwrite.</summary>
    /// <param name="y">The row.</param>
    public abstract Span<float> Row(int y);

    /// <summary>One row as the two that it lies between.</summary>
    /// <param name="y">The row.</param>
    public virtual RowPair Pair(int y)
    {
        var row = Row(y);
        return new RowPair(row, row, 1, 0);
    }
}

/// <summary>The rows of a logit map as they are.</summary>
internal sealed class GivenRows(int width, int usedWidth) : LogitRows
{
    private readonly float[] _row = new float[BilinearKernel.RowLength(usedWidth)];

    /// <summary>[h,w] logits.</summary>
    public ReadOnlyMemory<float> Values { get; set; }

    public override Span<float> Row(int y)
    {
        Values.Span.Slice(y * width, usedWidth).CopyTo(_row);
        return _row;
    }
}

/// <summary>The rows of another image, resized: keeps the last two of them stretched to the new width.</summary>
internal sealed class ResizedRows(LogitRows source, BilinearAxis columns, BilinearAxis rows, int lanes) : LogitRows
{
    private readonly float[] _row = new float[BilinearKernel.RowLength(columns.OutputSize)];
    private readonly float[] _even = new float[BilinearKernel.RowLength(columns.OutputSize)];
    private readonly float[] _odd = new float[BilinearKernel.RowLength(columns.OutputSize)];
    private int _evenRow = -1;
    private int _oddRow = -1;

    /// <summary>Lets go of what is kept, before the source changes.</summary>
    public void Restart() => (_evenRow, _oddRow) = (-1, -1);

    public override Span<float> Row(int y)
    {
        BilinearKernel.Blend(Pair(y), _row, columns.OutputSize, lanes);
        return _row;
    }

    public override RowPair Pair(int y) => new(Stretched(rows.First[y]), Stretched(rows.Second(y)), rows.FirstWeight[y], rows.SecondWeight[y]);

    private float[] Stretched(int sourceRow)
    {
        var isEven = (sourceRow & 1) == 0;
        var target = isEven ? _even : _odd;
        ref var held = ref (isEven ? ref _evenRow : ref _oddRow);
        if (held != sourceRow)
        {
            BilinearKernel.Stretch(source.Row(sourceRow), columns, target);
            held = sourceRow;
        }

        return target;
    }
}
