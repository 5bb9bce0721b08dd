using System.Buffers.Binary;
using System.Text;
using Maskwright.Formats.Images;
using Maskwright.Formats.TensorBoard;
using Maskwright.Images;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.TensorBoard;

public class EventFileWriterTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 4, 5, 6, 7, 250, TimeSpan.Zero);

    [Fact]
    public void Check_sums_are_Castagnoli_s() => Assert.Equal(0xE3069283, RecordFraming.Crc32C(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Records_are_framed_and_say_version_start_numbers_and_pictures()
    {
        using var folder = new TemporaryFolder();
        var picture = new RgbImage(16, 8, [.. Enumerable.Repeat<byte[]>([200, 90, 40], 128).SelectMany(pixel => pixel)]);
        string path;
        using (var writer = new EventFileWriter(folder.Path, s_now, 40))
        {
            path = writer.Path;
            writer.WriteScalars(s_now, 50, [new("loss", 0.5), new("iou/cat", 0.25), new("none", double.NaN)]);
            writer.WritePicture(s_now, 60, "examples/cat.jpg", picture);
        }

        var events = Records(File.ReadAllBytes(path)).Select(Fields).ToList();

        Assert.Equal("events.out.tfevents.1772600767.maskwright", Path.GetFileName(path));
        Assert.Equal(4, events.Count);
        Assert.All(events, e => Assert.Equal(1772600767.25, BitConverter.ToDouble(e[1][0])));
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(events[0][3][0]));
        Assert.Equal((40, 1), (Varint(events[1][2][0]), Varint(Fields(events[1][7][0])[1][0])));
        var values = Fields(events[2][5][0])[1].Select(Fields).ToDictionary(value => Encoding.UTF8.GetString(value[1][0]), value => BitConverter.ToSingle(value[2][0]));
        Assert.Equal(50, Varint(events[2][2][0]));
        Assert.Equal(new Dictionary<string, float> { ["loss"] = 0.5f, ["iou/cat"] = 0.25f }, values);
        var shown = Fields(Fields(events[3][5][0])[1][0]);
        var image = Fields(shown[4][0]);
        Assert.Equal("examples/cat.jpg", Encoding.UTF8.GetString(shown[1][0]));
        Assert.Equal((8, 16, 3), (Varint(image[1][0]), Varint(image[2][0]), Varint(image[3][0])));
        var seen = ImageReader.Read(image[4][0], "picture");
        Assert.Equal(picture.Size, seen.Size);
        Assert.Equal(picture.Pixels.ToArray(), seen.Pixels.ToArray(), (a, b) => Math.Abs(a - b) <= 3);
    }

    [Fact]
    public void A_run_that_is_killed_leaves_whole_records_and_two_starts_within_a_second_two_files()
    {
        using var folder = new TemporaryFolder();
        using var first = new EventFileWriter(folder.Path, s_now, 0);
        using var second = new EventFileWriter(folder.Path, s_now, 0);
        first.WriteScalars(s_now, 1, [new("loss", 2)]);

        using var open = new FileStream(first.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[open.Length];
        open.ReadExactly(bytes);

        Assert.Equal(3, Records(bytes).Count);
        Assert.NotEqual(first.Path, second.Path);
    }

    // Independent of the writer: the frame with a check sum computed bit by bit.
    private static List<byte[]> Records(byte[] file)
    {
        var records = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            var data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(MaskedCrc(file[at..(at + 8)]), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.Equal(MaskedCrc(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(data);
            at += 16 + length;
        }

        return records;
    }

    private static uint MaskedCrc(byte[] data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    // The fields of a protobuf message by number, each as its bytes.
    private static Dictionary<int, List<byte[]>> Fields(byte[] message)
    {
        var fields = new Dictionary<int, List<byte[]>>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var start = at;
            var length = (key & 7) switch
            {
                0 => SkipVarint(message, start) - start,
                1 => 8,
                5 => 4,
                _ => (int)Varint(message, ref at),
            };
            fields.TryAdd((int)(key >> 3), []);
            fields[(int)(key >> 3)].Add(message[at..(at + length)]);
            at += length;
        }

        return fields;
    }

    private static int SkipVarint(byte[] message, int at)
    {
        Varint(message, ref at);
        return at;
    }

    private static long Varint(byte[] bytes)
    {
        var at = 0;
        return Varint(bytes, ref at);
    }

    private static long Varint(byte[] bytes, ref int at)
    {
        var value = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
