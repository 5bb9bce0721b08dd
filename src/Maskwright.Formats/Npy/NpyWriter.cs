using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Maskwright.Formats.Npy;

/// <summary>Writes NumPy's <c>.npy</c> files, version 1.0, row-major.</summary>
public static class NpyWriter
{
    /// <summary>Writes an array to a file, whole or not at all.</summary>
    /// <typeparam name="T">bool, an integer of 8 to 64 bit, <see cref="Half"/>, float or double.</typeparam>
    /// <param name="path">The file to write.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The length of each axis; empty for a scalar.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    /// <exception cref="NotSupportedException">NumPy has no such element type.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write<T>(string path, ReadOnlyMemory<T> values, params IReadOnlyList<int> shape)
        where T : unmanaged
    {
        var header = Header<T>(values.Length, shape);
        AtomicFile.Write(path, stream => Write(stream, header, values.Span));
    }

    /// <summary>Writes an array to a stream.</summary>
    /// <typeparam name="T">bool, an integer of 8 to 64 bit, <see cref="Half"/>, float or double.</typeparam>
    /// <param name="stream">The stream to write to; left open.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The length of each axis; empty for a scalar.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    /// <exception cref="NotSupportedException">NumPy has no such element type.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values, params IReadOnlyList<int> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(stream, Header<T>(values.Length, shape), values);
    }

    private static void Write<T>(Stream stream, byte[] header, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        stream.Write(header);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    private static byte[] Header<T>(int count, IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(length => length < 0) || shape.Aggregate(1L, (a, b) => a * b) != count)
        {
            throw new ArgumentException($"{count} values do not fill the shape [{string.Join(", ", shape)}].", nameof(shape));
        }

        var type = ElementType<T>();
        var order = NpyArray.SizeOf(type) == 1 ? '|' : BitConverter.IsLittleEndian ? '<' : '>';
        return Header($"{order}{NpyHeader.Code(type)}", shape);
    }

    /// <summary>The start of a file: signature and dictionary.</summary>
    /// <param name="elementType">NumPy's code of the elements, byte order included.</param>
    /// <param name="shape">The length of each axis.</param>
    internal static byte[] Header(string elementType, IReadOnlyList<int> shape)
    {
        var axes = shape.Count == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        var text = $"{{'descr': '{elementType}', 'fortran_order': False, 'shape': ({axes}), }}";
        var total = (10 + text.Length + 1 + 63) / 64 * 64; // NumPy aligns the data to 64 bytes and ends the header with a line feed.
        var header = new byte[total];
        header.AsSpan().Fill((byte)' ');
        "?NUMPY"u8.CopyTo(header);
        header[0] = 0x93;
        (header[6], header[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(total - 10)));
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    private static NpyElementType ElementType<T>() => default(T) switch
    {
        bool => NpyElementType.Boolean,
        byte => NpyElementType.UInt8,
        sbyte => NpyElementType.Int8,
        ushort => NpyElementType.UInt16,
        short => NpyElementType.Int16,
        uint => NpyElementType.UInt32,
        int => NpyElementType.Int32,
        ulong => NpyElementType.UInt64,
        long => NpyElementType.Int64,
        Half => NpyElementType.Float16,
        float => NpyElementType.Float32,
        double => NpyElementType.Float64,
        _ => throw new NotSupportedException($"A .npy file cannot hold elements of type {typeof(T).Name}."),
    };
}
