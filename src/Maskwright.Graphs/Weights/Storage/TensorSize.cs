namespace Maskwright.Graphs.Weights.Storage;

/// <summary>Sizes of tensors that a file claims, which may be beyond any number.</summary>
internal static class TensorSize
{
    /// <summary>The number of elements; null when it does not fit 63 bits or a size is negative.</summary>
    public static long? Elements(IReadOnlyList<long> shape)
    {
        if (shape.Contains(0))
        {
            return shape.Any(size => size < 0) ? null : 0;
        }

        Int128 count = 1;
        foreach (var size in shape)
        {
            count *= size;
            if (size < 0 || count > long.MaxValue)
            {
                return null;
            }
        }

        return (long)count;
    }

    /// <summary>The number of bytes; null when it does not fit 63 bits or a size is negative.</summary>
    public static long? Bytes(IReadOnlyList<long> shape, ElementType type)
        => Elements(shape) is { } count && count <= long.MaxValue / type.ByteSize() ? count * type.ByteSize() : null;
}
