using Maskwright.Graphs.Weights.Keys;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights;

/// <summary>A named tensor of a checkpoint: a view of the mapped file wherever the file holds it as one contiguous, aligned piece.</summary>
/// <remarks>
/// Views that PyTorch saved with strides, misaligned pieces and compressed pieces are laid out anew in native memory when their bytes are first asked for.
/// The memory belongs to the <see cref="WeightFile"/>: addresses and spans end with it. Safe for use by several threads.
/// </remarks>
public sealed unsafe class WeightTensor
{
    private readonly WeightMemory memory;
    private readonly Lazy<MemoryRegion> content;

    internal WeightTensor(string name, ElementType type, IReadOnlyList<long> shape, WeightMemory memory, Func<MemoryRegion> load)
        : this(name, type, shape, memory, new Lazy<MemoryRegion>(() => Aligned(load(), type.ByteSize(), memory)))
    {
    }

    private WeightTensor(string name, ElementType type, IReadOnlyList<long> shape, WeightMemory memory, Lazy<MemoryRegion> content)
    {
        Name = name;
        Type = type;
        Shape = shape;
        ElementCount = TensorSize.Elements(shape) ?? throw new ArgumentException($"{name} cannot have the shape [{string.Join(", ", shape)}].", nameof(shape));
        ByteLength = checked(ElementCount * type.ByteSize());
        this.memory = memory;
        this.content = content;
    }

    /// <summary>The key in the checkpoint, or the network's name after a <see cref="KeyMap"/>.</summary>
    public string Name { get; }

    /// <summary>What the elements are.</summary>
    public ElementType Type { get; }

    /// <summary>The sizes, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The product of <see cref="Shape"/>; 1 for a scalar.</summary>
    public long ElementCount { get; }

    /// <summary>The elements' bytes; may exceed 2 GB.</summary>
    public long ByteLength { get; }

    /// <summary>Where the contiguous little-endian elements stand, aligned at least to one element, valid until the <see cref="WeightFile"/> is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    /// <exception cref="InvalidWeightsException">The piece is compressed and damaged.</exception>
    public nint Address => (nint)Content.Start;

    /// <summary>The contiguous little-endian elements, valid until the <see cref="WeightFile"/> is disposed.</summary>
    /// <exception cref="InvalidOperationException">The tensor is larger than a span can be (2 GB); use <see cref="Address"/>.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    /// <exception cref="InvalidWeightsException">The piece is compressed and damaged.</exception>
    public ReadOnlySpan<byte> Bytes => ByteLength <= int.MaxValue
        ? new ReadOnlySpan<byte>(Content.Start, (int)ByteLength)
        : throw new InvalidOperationException($"{Name} has {ByteLength} bytes, more than a span can show; read it through its address.");

    private MemoryRegion Content
    {
        get
        {
            memory.ThrowIfDisposed();
            return content.Value;
        }
    }

    /// <summary>The elements as float32, row-major.</summary>
    /// <exception cref="OverflowException">There are more elements than an array can hold.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public float[] ToFloat32()
    {
        var values = new float[checked((int)ElementCount)];
        CopyToFloat32(values);
        return values;
    }

    /// <summary>Writes the elements as float32, row-major; bool gives 0 and 1, wide integers and doubles are rounded to nearest.</summary>
    /// <param name="destination">Room for exactly <see cref="ElementCount"/> values.</param>
    /// <exception cref="ArgumentException">The room has another length.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public void CopyToFloat32(Span<float> destination)
    {
        if (destination.Length != ElementCount)
        {
            throw new ArgumentException($"{Name} has {ElementCount} elements, the destination {destination.Length}.", nameof(destination));
        }

        FloatConversion.Widen(Content.Start, Type, destination);
    }

    /// <summary>Name, type and shape in one line.</summary>
    public override string ToString() => $"{Name}: {Type} [{string.Join(", ", Shape)}]";

    internal WeightTensor Renamed(string name) => name == Name ? this : new(name, Type, Shape, memory, content);

    /// <summary>Tensors one after the other along axis 0; laid out in the first one's memory when first asked for.</summary>
    internal static WeightTensor Concatenated(string name, IReadOnlyList<WeightTensor> parts)
    {
        var first = parts[0];
        var shape = first.Shape.ToArray();
        shape[0] = parts.Sum(part => part.Shape[0]);
        return new WeightTensor(name, first.Type, shape, first.memory, () => Join(parts, first.memory));
    }

    private static MemoryRegion Join(IReadOnlyList<WeightTensor> parts, WeightMemory memory)
    {
        var joined = memory.Allocate(parts.Sum(part => part.ByteLength));
        var offset = 0L;
        foreach (var part in parts)
        {
            Buffer.MemoryCopy(part.Content.Start, joined.Start + offset, joined.Length - offset, part.ByteLength);
            offset += part.ByteLength;
        }

        return joined;
    }

    private static MemoryRegion Aligned(MemoryRegion region, int elementSize, WeightMemory memory)
    {
        if ((nuint)region.Start % (nuint)elementSize == 0)
        {
            return region;
        }

        var copy = memory.Allocate(region.Length);
        Buffer.MemoryCopy(region.Start, copy.Start, copy.Length, region.Length);
        return copy;
    }
}
