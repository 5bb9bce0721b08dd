using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>The bytes behind one or several tensors of a checkpoint.</summary>
internal sealed class TorchStorageRecord(string key, ElementType? type, long byteCount)
{
    public string Key { get; } = key;

    /// <summary>What the elements are; null for an untyped storage.</summary>
    public ElementType? Type { get; } = type;

    public long ByteCount { get; } = byteCount;

    /// <summary>Finds the bytes; null until a legacy checkpoint's tail has been read.</summary>
    public Func<MemoryRegion>? Load { get; set; }
}

/// <summary>A stretch of a storage, as a tensor sees it.</summary>
internal sealed record TorchStorage(TorchStorageRecord Record, long FirstByte, long ByteCount);

/// <summary>A tensor as a pickle describes it; sizes, strides and offset count elements and have been checked against the storage.</summary>
internal sealed record TorchTensor(TorchStorage Storage, ElementType Type, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Whether the elements stand one after the other in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected)
                {
                    return Shape.Contains(0);
                }

                expected *= Shape[axis];
            }

            return true;
        }
    }

    public WeightTensor ToWeight(string name, WeightMemory memory) => new(name, Type, Shape, memory, () => Load(memory));

    private MemoryRegion Load(WeightMemory memory)
    {
        var elementSize = Type.ByteSize();
        // Every record is given its bytes before a checkpoint is handed out.
        var storage = Storage.Record.Load!().Slice(Storage.FirstByte, Storage.ByteCount);
        var elements = TensorSize.Elements(Shape) ?? 0;
        var start = storage.From(elements == 0 ? 0 : Offset * elementSize);
        return IsContiguous ? start.Slice(0, elements * elementSize) : StridedCopy.ToContiguous(start, elementSize, Shape, Strides, memory);
    }
}
