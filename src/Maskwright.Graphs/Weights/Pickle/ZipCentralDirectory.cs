using System.Text;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>Reads the list of files at the end of a zip archive, 32-bit and 64-bit.</summary>
internal static class ZipCentralDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint End64Signature = 0x06064b50;
    private const uint Locator64Signature = 0x07064b50;
    private const uint CentralSignature = 0x02014b50;
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int Locator64Bytes = 20;
    private const int CentralHeaderBytes = 46;
    private const int LongestComment = ushort.MaxValue;
    private const int Extra64Id = 1;
    private const int EncryptedFlag = 1;

    public static IEnumerable<ZipEntry> Read(MemoryRegion file)
    {
        var (offset, length) = Locate(file);
        var directory = Part(file, offset, length);
        for (var at = 0L; at < directory.Length;)
        {
            var header = Part(directory, at, CentralHeaderBytes);
            if (header.UInt32(0) != CentralSignature)
            {
                throw new PickleException("the zip archive's directory is damaged");
            }

            var (nameLength, extraLength) = (header.UInt16(28), header.UInt16(30));
            var tail = Part(directory, at + CentralHeaderBytes, nameLength + extraLength + header.UInt16(32));
            yield return Entry(header, tail.Slice(0, nameLength), tail.Slice(nameLength, extraLength));
            at += CentralHeaderBytes + tail.Length;
        }
    }

    private static (long Offset, long Length) Locate(MemoryRegion file)
    {
        var end = FindEnd(file);
        var locator = end - Locator64Bytes;
        if (locator < 0 || file.UInt32(locator) != Locator64Signature)
        {
            return (file.UInt32(end + 16), file.UInt32(end + 12));
        }

        var record = Part(file, (long)file.UInt64(locator + 8), End64Bytes);
        return record.UInt32(0) == End64Signature
            ? ((long)record.UInt64(48), (long)record.UInt64(40))
            : throw new PickleException("the zip archive's 64-bit directory is damaged");
    }

    private static long FindEnd(MemoryRegion file)
    {
        for (var at = file.Length - EndBytes; at >= Math.Max(0, file.Length - EndBytes - LongestComment); at--)
        {
            if (file.UInt32(at) == EndSignature)
            {
                return at;
            }
        }

        throw new PickleException("the zip archive has no directory at its end (is the file cut off?)");
    }

    private static ZipEntry Entry(MemoryRegion header, MemoryRegion name, MemoryRegion extra)
    {
        var text = Encoding.UTF8.GetString(name.Head(ushort.MaxValue));
        var method = header.UInt16(10);
        if ((header.UInt16(8) & EncryptedFlag) != 0 || method is not (ZipMethod.Stored or ZipMethod.Deflated))
        {
            throw new PickleException($"{ReadableName.Of(text)} in the zip archive is encrypted or compressed by a method that is not read ({method})");
        }

        var wide = new Extra64(extra);
        var length = wide.Widen(header.UInt32(24));
        var compressed = wide.Widen(header.UInt32(20));
        var offset = wide.Widen(header.UInt32(42));
        var isStored = method == ZipMethod.Stored;
        return !isStored || compressed == length
            ? new ZipEntry(text, isStored, compressed, length, offset)
            : throw new PickleException($"{ReadableName.Of(text)} is stored in {compressed} bytes but claims {length}");
    }

    private static MemoryRegion Part(MemoryRegion file, long offset, long length)
        => offset >= 0 && length >= 0 && offset <= file.Length && length <= file.Length - offset
            ? file.Slice(offset, length)
            : throw new PickleException("the zip archive's directory points outside of the file (is it cut off?)");

    /// <summary>The 64-bit values that stand in for 32-bit ones which are all ones, in their order.</summary>
    private sealed class Extra64
    {
        private readonly MemoryRegion values;
        private long next;

        public Extra64(MemoryRegion extra)
        {
            for (var at = 0L; at + 4 <= extra.Length;)
            {
                var length = extra.UInt16(at + 2);
                if (extra.UInt16(at) == Extra64Id)
                {
                    values = Part(extra, at + 4, length);
                    return;
                }

                at += 4 + length;
            }
        }

        public long Widen(uint value)
        {
            if (value != uint.MaxValue)
            {
                return value;
            }

            var wide = Part(values, next, sizeof(ulong)).UInt64(0);
            next += sizeof(ulong);
            return wide <= long.MaxValue ? (long)wide : throw new PickleException("the zip archive claims a file of an impossible size");
        }
    }
}
