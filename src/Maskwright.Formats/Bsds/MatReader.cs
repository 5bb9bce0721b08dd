using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Maskwright.Formats.Bsds;

/// <summary>Reads those parts of MATLAB's level 5 files that the BSDS data uses: real numeric arrays, cells and single records.</summary>
/// <remarks>MathWorks, MAT-File Format, level 5. Every length is checked against what is there.</remarks>
internal sealed class MatReader
{
    private const int HeaderBytes = 128;
    private const int Matrix = 14;
    private const int Compressed = 15;
    private const int MaxDepth = 8;
    private const long MaxUnpackedBytes = 1L << 30;

    private readonly string _path;

    private MatReader(string path) => _path = path;

    /// <summary>Reads one variable.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The variable's name.</param>
    /// <exception cref="InvalidAnnotationException">The file is no such file, is damaged, holds unknown parts, or lacks the variable.</exception>
    public static MatArray Read(string path, string name)
    {
        var reader = new MatReader(path);
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderBytes || bytes[126] != 'I' || bytes[127] != 'M')
        {
            throw reader.Fault("this is not a little-endian MATLAB file of level 5");
        }

        for (var rest = bytes.AsSpan(HeaderBytes); rest.Length >= 8;)
        {
            var data = reader.Element(ref rest, out var type);
            if (type == Compressed)
            {
                var unpacked = reader.Unpack(data).AsSpan();
                data = reader.Element(ref unpacked, out type);
            }

            if (type == Matrix && reader.Value(data, 0, out var found) is var value && found == name)
            {
                return value;
            }
        }

        throw reader.Fault($"there is no variable '{name}'");
    }

    private InvalidAnnotationException Fault(string reason, Exception? inner = null) => new(_path, null, reason, inner);

    private Span<byte> Element(scoped ref Span<byte> rest, out int type)
    {
        if (rest.Length < 8)
        {
            throw Fault("the file ends in the middle of a value");
        }

        var tag = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        var isSmall = tag >> 16 != 0;
        type = (int)(tag & 0xFFFF);
        long length = isSmall ? tag >> 16 : BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        var start = isSmall ? 4 : 8;
        if (length > rest.Length - start || (isSmall && length > 4))
        {
            throw Fault($"a value of {length} bytes is longer than what is left of the file");
        }

        var data = rest.Slice(start, (int)length);
        var padded = isSmall ? 8 : type == Compressed ? start + length : start + ((length + 7) / 8 * 8);
        rest = rest[(int)Math.Min(rest.Length, padded)..];
        return data;
    }

    private byte[] Unpack(ReadOnlySpan<byte> data)
    {
        try
        {
            using var packed = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = packed.Read(buffer)) > 0;)
            {
                unpacked.Write(buffer, 0, read);
                if (unpacked.Length > MaxUnpackedBytes)
                {
                    throw Fault("a compressed value is larger than 1 GB");
                }
            }

            return unpacked.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw Fault("a compressed value is damaged", e);
        }
    }

    private MatArray Value(Span<byte> data, int depth, out string name)
    {
        if (depth > MaxDepth)
        {
            throw Fault("values are nested too deep");
        }

        var flags = Element(ref data, out _);
        var shape = Element(ref data, out _);
        name = Encoding.ASCII.GetString(Element(ref data, out _));
        if (flags.Length < 8 || shape.Length != 8)
        {
            throw Fault("a value is not a matrix of two axes");
        }

        var (rows, columns) = (BinaryPrimitives.ReadInt32LittleEndian(shape), BinaryPrimitives.ReadInt32LittleEndian(shape[4..]));
        var count = rows >= 0 && columns >= 0 ? (long)rows * columns : -1;
        return (flags[0], count) switch
        {
            (_, < 0) => throw Fault($"a matrix cannot be {rows} x {columns}"),
            (1, _) => new MatArray(rows, columns, [], Values(data, count, depth), null),
            (2, 1) => new MatArray(1, 1, [], null, Record(data, depth)),
            ( >= 6 and <= 15, _) when (flags[1] & 8) == 0 => new MatArray(rows, columns, Numbers(data, count), null, null),
            var (kind, _) => throw Fault($"values of MATLAB's class {kind} are not read"),
        };
    }

    private List<MatArray> Values(Span<byte> data, long count, int depth)
    {
        var values = new List<MatArray>();
        for (long i = 0; i < count; i++)
        {
            var item = Element(ref data, out var type);
            values.Add(type == Matrix ? Value(item, depth + 1, out _) : throw Fault("a cell does not hold a matrix"));
        }

        return values;
    }

    private Dictionary<string, MatArray> Record(Span<byte> data, int depth)
    {
        var lengths = Element(ref data, out _);
        var length = lengths.Length == 4 ? BinaryPrimitives.ReadInt32LittleEndian(lengths) : 0;
        var names = Element(ref data, out _);
        if (length <= 0 || names.Length % length != 0)
        {
            throw Fault("the names of a record's fields are damaged");
        }

        var fields = new Dictionary<string, MatArray>();
        for (var start = 0; start < names.Length; start += length)
        {
            var item = Element(ref data, out _);
            fields[Encoding.ASCII.GetString(names.Slice(start, length)).TrimEnd('\0')] = Value(item, depth + 1, out _);
        }

        return fields;
    }

    private double[] Numbers(Span<byte> data, long count)
    {
        ReadOnlySpan<byte> bytes = Element(ref data, out var type);
        var size = type switch { 1 or 2 => 1, 3 or 4 => 2, 5 or 6 or 7 => 4, 9 or 12 or 13 => 8, _ => throw Fault($"numbers of MATLAB's type {type} are not read") };
        if (bytes.Length != count * size)
        {
            throw Fault($"a matrix of {count} numbers has {bytes.Length} bytes");
        }

        var numbers = new double[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var at = bytes[(i * size)..];
            numbers[i] = type switch
            {
                1 => (sbyte)at[0],
                2 => at[0],
                3 => BinaryPrimitives.ReadInt16LittleEndian(at),
                4 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                5 => BinaryPrimitives.ReadInt32LittleEndian(at),
                6 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                7 => BinaryPrimitives.ReadSingleLittleEndian(at),
                9 => BinaryPrimitives.ReadDoubleLittleEndian(at),
                12 => BinaryPrimitives.ReadInt64LittleEndian(at),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(at),
            };
        }

        return numbers;
    }
}
