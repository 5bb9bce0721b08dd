using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>Reads the arguments of pickle instructions; no length is believed before it is compared with what is left.</summary>
internal sealed class PickleReader(MemoryRegion bytes)
{
    private const int LongestLine = 1 << 16;
    private const int LongestNumber = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Text of a given length; Python's lone surrogates are refused.</summary>
    public string Text(ulong length)
    {
        try
        {
            return StrictUtf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException($"the text at byte {Position} of the pickle is not UTF-8");
        }
    }

    /// <summary>A byte string of protocols 0 and 1, each byte a character.</summary>
    public string Latin1(ulong length) => Encoding.Latin1.GetString(Take(length));

    public byte[] Bytes(ulong length) => Take(length).ToArray();

    /// <summary>Text up to the next line feed.</summary>
    public string Line()
    {
        var rest = bytes.From(Position).Head(LongestLine);
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new PickleException($"the line at byte {Position} of the pickle does not end");
        }

        var line = Encoding.Latin1.GetString(Take((ulong)end));
        Take(1);
        return line;
    }

    /// <summary>A whole number of arbitrary size: a long where it fits.</summary>
    public object BinaryNumber(ulong length)
        => length <= LongestNumber ? Narrow(new BigInteger(Take(length))) : throw new PickleException($"a number of {length} bytes is too long");

    /// <summary>A line with a decimal number; 00 and 01 are the truth values of protocol 0, an L may follow.</summary>
    public object DecimalNumber()
    {
        return Line() switch
        {
            "00" => false,
            "01" => true,
            { Length: <= LongestNumber } line when BigInteger.TryParse(line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                => Narrow(number),
            _ => throw new PickleException($"the line before byte {Position} of the pickle is not a number"),
        };
    }

    public double DecimalFraction()
        => double.TryParse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PickleException($"the line before byte {Position} of the pickle is not a number");

    private static object Narrow(BigInteger number)
    {
        object narrowed = number;
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            narrowed = (long)number;
        }

        return narrowed;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(bytes.Length - Position) || length > int.MaxValue)
        {
            throw new PickleException($"the pickle wants {length} bytes at byte {Position} but only {bytes.Length - Position} are left");
        }

        var taken = bytes.Span(Position, (int)length);
        Position += (long)length;
        return taken;
    }
}
