using System.Buffers.Binary;
using System.Text;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

/// <summary>Files beyond 32 bits: a sparse one that is really that long, and a small archive that is written as if.</summary>
public sealed unsafe class LargeFileTests
{
    private const long ThreeGigabytes = 3_000_000_000;

    [Fact]
    public void Views_a_tensor_of_three_gigabytes_without_reading_it()
    {
        using var folder = new TemporaryFolder();
        var header = Encoding.UTF8.GetBytes($$"""{"big":{"dtype":"U8","shape":[{{ThreeGigabytes}}],"data_offsets":[0,{{ThreeGigabytes}}]} }""");
        using (var stream = File.Create(folder.File("big")))
        {
            stream.Write(BitConverter.GetBytes((long)header.Length));
            stream.Write(header);
            stream.SetLength(8 + header.Length + ThreeGigabytes);
            stream.Position = stream.Length - 1;
            stream.WriteByte(42);
        }

        using var file = WeightFile.Open(folder.File("big"));

        Assert.Equal(ThreeGigabytes, file["big"].ByteLength);
        Assert.Equal(42, ((byte*)file["big"].Address)[ThreeGigabytes - 1]);
        Assert.Throws<InvalidOperationException>(() => file["big"].Bytes.Length);
    }

    [Fact]
    public void Reads_an_archive_with_a_64_bit_directory()
    {
        var pickle = PickleText.OneTensor("ByteStorage", "0", 3, 0, [3], [1]);
        var zip = PickleText.Zip(pickle, ("data/0", [7, 8, 9]));

        using var file = WeightFile.FromBytes(Widened(zip), "test");

        Assert.Equal([7f, 8f, 9f], file["w"].ToFloat32());
    }

    /// <summary>The same archive whose directory keeps sizes, offsets and its own place in 64-bit fields.</summary>
    private static byte[] Widened(byte[] zip)
    {
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var start = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(end + 16));
        List<byte> wide = [.. zip[..start]];
        for (var at = start; at < end;)
        {
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28));
            wide.AddRange(WideEntry(zip.AsSpan(at, 46 + nameLength)));
            at += 46 + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 30)) + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 32));
        }

        var record = wide.Count;
        wide.AddRange([.. "PK\u0006\u0006"u8, .. BitConverter.GetBytes(44L), .. new byte[28], .. BitConverter.GetBytes((long)(record - start)), .. BitConverter.GetBytes((long)start)]);
        wide.AddRange([.. "PK\u0006\u0007"u8, .. new byte[4], .. BitConverter.GetBytes((long)record), 1, 0, 0, 0]);
        wide.AddRange([.. "PK\u0005\u0006"u8, .. new byte[4], .. Enumerable.Repeat((byte)0xff, 12), 0, 0]);
        return [.. wide];
    }

    private static byte[] WideEntry(ReadOnlySpan<byte> entry)
    {
        var header = entry.ToArray();
        var (packed, length, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]));
        header.AsSpan(20, 8).Fill(0xff);
        header.AsSpan(42, 4).Fill(0xff);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), 28);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 0);
        return [.. header, 1, 0, 24, 0, .. BitConverter.GetBytes((long)length), .. BitConverter.GetBytes((long)packed), .. BitConverter.GetBytes((long)offset)];
    }
}
