using System.Numerics;
using System.Runtime.InteropServices;

namespace Maskwright.Formats.Npy;

/// <summary>An array read from a <c>.npy</c> file, in row-major order whatever the order of the file.</summary>
public sealed class NpyArray
{
    private readonly byte[] _bytes;
    private readonly int[] _shape;

    internal NpyArray(NpyElementType elementType, int[] shape, byte[] bytes)
    {
        ElementType = elementType;
        _shape = shape;
        _bytes = bytes;
    }

    /// <summary>The type of the elements in the file.</summary>
    public NpyElementType ElementType { get; }

    /// <summary>The length of each axis; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Count => _bytes.Length / SizeOf(ElementType);

    /// <summary>The elements' bytes, row-major, in the byte order of this machine.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The elements as another numeric type, row-major; true becomes 1.</summary>
    /// <typeparam name="T">A numeric type, such as <see cref="float"/> or <see cref="int"/>.</typeparam>
    /// <returns>A new array of <see cref="Count"/> elements. Between floating-point types values are rounded.</returns>
    /// <exception cref="OverflowException">A value does not fit into <typeparamref name="T"/>.</exception>
    public T[] ToArray<T>()
        where T : unmanaged, INumber<T> => ElementType switch
        {
            NpyElementType.Boolean or NpyElementType.UInt8 => Convert<byte, T>(),
            NpyElementType.Int8 => Convert<sbyte, T>(),
            NpyElementType.UInt16 => Convert<ushort, T>(),
            NpyElementType.Int16 => Convert<short, T>(),
            NpyElementType.UInt32 => Convert<uint, T>(),
            NpyElementType.Int32 => Convert<int, T>(),
            NpyElementType.UInt64 => Convert<ulong, T>(),
            NpyElementType.Int64 => Convert<long, T>(),
            NpyElementType.Float16 => Convert<Half, T>(),
            NpyElementType.Float32 => Convert<float, T>(),
            _ => Convert<double, T>(),
        };

    internal static int SizeOf(NpyElementType type) => type switch
    {
        NpyElementType.Boolean or NpyElementType.UInt8 or NpyElementType.Int8 => 1,
        NpyElementType.UInt16 or NpyElementType.Int16 or NpyElementType.Float16 => 2,
        NpyElementType.UInt32 or NpyElementType.Int32 or NpyElementType.Float32 => 4,
        _ => 8,
    };

    private TTo[] Convert<TFrom, TTo>()
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        var from = MemoryMarshal.Cast<byte, TFrom>(_bytes);
        if (typeof(TFrom) == typeof(TTo))
        {
            return MemoryMarshal.Cast<byte, TTo>(_bytes).ToArray();
        }

        var to = new TTo[from.Length];
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = TTo.CreateChecked(from[i]);
        }

        return to;
    }
}
