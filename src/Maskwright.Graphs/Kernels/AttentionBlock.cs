namespace Maskwright.Graphs.Kernels;

/// <summary>Some keys and values, and what is added to their logits, in units of log 2: <c>ByColumn[column] * ColumnFactor + ByRow[row]</c>.</summary>
internal unsafe ref struct AttentionBlock
{
    /// <summary>[Rows*Columns keys of a head's width each].</summary>
    public required float* Keys;

    /// <summary>Floats from a key to the next.</summary>
    public required nint KeyStride;

    /// <summary>[Rows*Columns values of a head's width each].</summary>
    public required float* Values;

    /// <summary>Floats from a value to the next.</summary>
    public required nint ValueStride;

    /// <summary>Rows of keys.</summary>
    public required int Rows;

    /// <summary>Keys in a row.</summary>
    public required int Columns;

    /// <summary>[Rows, lanes].</summary>
    public required float* ByRow;

    /// <summary>[Columns, lanes].</summary>
    public required float* ByColumn;

    /// <summary>Floats from a column's lanes to the next; 0 where all columns are alike.</summary>
    public required nint ColumnStride;

    /// <summary>[lanes].</summary>
    public required float* ColumnFactor;
}
