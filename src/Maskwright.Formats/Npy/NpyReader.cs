using System.Buffers.Binary;
using System.Text;

namespace Maskwright.Formats.Npy;

/// <summary>Reads NumPy's <c>.npy</c> files.</summary>
/// <remarks>
/// Format versions 1.0 to 3.0 as in NumPy's <c>numpy.lib.format</c>: booleans, integers of 8 to 64 bit, floating point of 16 to 64 bit, either
/// byte order, row-major or Fortran order. Pickled objects, structures, text and complex numbers are refused.
/// </remarks>
public static class NpyReader
{
    private const int MaxHeaderBytes = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The array, row-major.</returns>
    /// <exception cref="InvalidAnnotationException">The file is damaged: truncated, or its header does not fit its content.</exception>
    /// <exception cref="UnsupportedFormatException">The file is not a .npy file, or holds something else than numbers or booleans.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NpyArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads an array from a stream, up to the end of the array.</summary>
    /// <param name="stream">A stream that stands at the start of the array; left open.</param>
    /// <param name="name">The name by which errors call the stream.</param>
    /// <returns>The array, row-major.</returns>
    /// <exception cref="InvalidAnnotationException">The content is damaged.</exception>
    /// <exception cref="UnsupportedFormatException">The content is not a .npy file, or holds something else than numbers or booleans.</exception>
    public static NpyArray Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = NpyHeader.Parse(ReadHeader(stream, name), name);
        var elementSize = NpyArray.SizeOf(header.ElementType);
        if (header.Count > Array.MaxLength / elementSize)
        {
            throw new InvalidAnnotationException(name, null, $"an array of shape [{string.Join(", ", header.Shape)}] is too large to read at once");
        }

        var bytes = ReadData(stream, (int)header.Count * elementSize, name);
        if (header.IsBigEndian == BitConverter.IsLittleEndian)
        {
            SwapBytes(bytes, elementSize);
        }

        return new NpyArray(header.ElementType, header.Shape, header.IsFortranOrder ? ToRowMajor(bytes, header.Shape, elementSize) : bytes);
    }

    /// <summary>Reads the text of the header, up to the first element.</summary>
    internal static string ReadHeader(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[12];
        var got = stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false);
        if (got < 10 || !IsMagic(start))
        {
            throw new UnsupportedFormatException(name, "is not a .npy file: it does not start with NumPy's signature");
        }

        var length = (int)BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (start[6] is < 1 or > 3)
        {
            throw new UnsupportedFormatException(name, $"is a .npy file of format version {start[6]}; versions 1 to 3 are read");
        }

        if (start[6] >= 2)
        {
            length = Fill(stream, start[10..12]) ? BinaryPrimitives.ReadInt32LittleEndian(start[8..]) : -1;
        }

        var header = new byte[length is >= 0 and <= MaxHeaderBytes ? length : 0];
        return header.Length > 0 && Fill(stream, header)
            ? Encoding.UTF8.GetString(header)
            : throw new InvalidAnnotationException(name, null, "the header of the .npy file is cut off or has an impossible length");
    }

    private static bool IsMagic(ReadOnlySpan<byte> start) => start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8);

    private static bool Fill(Stream stream, Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    // Grows with what really arrives, so that a header that lies cannot ask for memory.
    private static byte[] ReadData(Stream stream, int length, string name)
    {
        const int step = 1 << 24;
        var bytes = new byte[Math.Min(length, step)];
        var got = 0;
        while (true)
        {
            got += stream.ReadAtLeast(bytes.AsSpan(got), bytes.Length - got, throwOnEndOfStream: false);
            if (got < bytes.Length)
            {
                throw new InvalidAnnotationException(name, null, $"the .npy file is cut off: {length} bytes of data announced, {got} found");
            }

            if (got == length)
            {
                return bytes;
            }

            Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
        }
    }

    private static void SwapBytes(byte[] bytes, int elementSize)
    {
        for (var i = 0; i + elementSize <= bytes.Length; i += elementSize)
        {
            bytes.AsSpan(i, elementSize).Reverse();
        }
    }

    private static byte[] ToRowMajor(byte[] bytes, int[] shape, int elementSize)
    {
        var result = new byte[bytes.Length];
        var position = new int[shape.Length];
        for (var to = 0; to < bytes.Length; to += elementSize)
        {
            long from = 0;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                from = (from * shape[axis]) + position[axis];
            }

            bytes.AsSpan((int)from * elementSize, elementSize).CopyTo(result.AsSpan(to));
            Advance(position, shape);
        }

        return result;
    }

    private static void Advance(int[] position, int[] shape)
    {
        for (var axis = shape.Length - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--)
        {
            position[axis] = 0;
        }
    }
}
