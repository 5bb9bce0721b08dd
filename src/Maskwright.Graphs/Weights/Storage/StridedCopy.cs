namespace Maskwright.Graphs.Weights.Storage;

/// <summary>Lays out a strided view in row-major order.</summary>
internal static unsafe class StridedCopy
{
    /// <summary>Copies elements of 1, 2, 4 or 8 bytes.</summary>
    /// <param name="source">Memory from the first element on.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="shape">Sizes, each at least 1, at least one axis.</param>
    /// <param name="strides">Steps in elements.</param>
    /// <param name="memory">Gives the room for the copy.</param>
    public static MemoryRegion ToContiguous(MemoryRegion source, int elementSize, long[] shape, long[] strides, WeightMemory memory)
    {
        var copy = memory.Allocate(checked((TensorSize.Elements(shape) ?? 0) * elementSize));
        switch (elementSize)
        {
            case 1: Copy(source.Start, copy.Start, copy.Length, shape, strides); break;
            case 2: Copy((ushort*)source.Start, (ushort*)copy.Start, copy.Length / 2, shape, strides); break;
            case 4: Copy((uint*)source.Start, (uint*)copy.Start, copy.Length / 4, shape, strides); break;
            default: Copy((ulong*)source.Start, (ulong*)copy.Start, copy.Length / 8, shape, strides); break;
        }

        return copy;
    }

    private static void Copy<T>(T* source, T* destination, long count, long[] shape, long[] strides)
        where T : unmanaged
    {
        var index = new long[shape.Length];
        var row = shape[^1];
        var step = strides[^1];
        for (var written = 0L; written < count; written += row)
        {
            for (var i = 0L; i < row; i++)
            {
                destination[written + i] = source[i * step];
            }

            source += Advance(index, shape, strides);
        }
    }

    /// <summary>Steps to the next row; the result is the way to it in elements.</summary>
    private static long Advance(long[] index, long[] shape, long[] strides)
    {
        var way = 0L;
        for (var axis = shape.Length - 2; axis >= 0; axis--)
        {
            way += strides[axis];
            if (++index[axis] < shape[axis])
            {
                return way;
            }

            way -= strides[axis] * shape[axis];
            index[axis] = 0;
        }

        return way;
    }
}
