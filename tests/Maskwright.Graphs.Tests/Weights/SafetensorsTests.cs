using System.Buffers.Binary;
using System.Text;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

public sealed class SafetensorsTests
{
    private const string TwoFloats = """ "dtype":"F32","shape":[2],"data_offsets":[0,8] """;

    public static TheoryData<string, string, int> Lies => new()
    {
        { "not JSON", "{\"a\":", 0 },
        { "should be StartObject", "{\"a\":[1]}", 0 },
        { "lacks its dtype", "{\"a\":{}}", 0 },
        { "lacks its dtype", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", 8 },
        { "Q7", """{"a":{"dtype":"Q7","shape":[2],"data_offsets":[0,8]}}""", 8 },
        { "whole numbers", """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8 },
        { "whole numbers", """{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8 },
        { "whole numbers", """{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8 },
        { "whole numbers", """{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8 },
        { "does not take", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8 },
        { "does not take", """{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}""", 8 },
        { "does not take", """{"a":{"dtype":"F32","shape":[4611686018427387906],"data_offsets":[0,8]}}""", 8 },
        { "cut off", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7 },
        { "cut off", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}""", 8 },
        { "cut off", """{"a":{"dtype":"F32","shape":[0],"data_offsets":[8,0]}}""", 8 },
        { "starts at byte 4", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8 },
        { "starts at byte 4", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8 },
        { "end at byte 8", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9 },
        { "twice", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8 },
        { "repeated field", """{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8 },
        { "__metadata__", """{"__metadata__":[],"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8 },
        { "__metadata__", """{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8 },
        { "given twice", """{"__metadata__":{"k":"1","k":"2"}}""", 0 },
        { "whole numbers", """{"a":{"dtype":"F32","shape":[[[[[[[[[[1]]]]]]]]]],"data_offsets":[0,8]}}""", 8 },
        { "JSON", """{} {}""", 0 },
        { "JSON", """{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8 },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    [Trait("Kind", "hostile")]
    public void Refuses_a_header_that_does_not_tell_the_truth(string fault, string header, int dataBytes)
        => Assert.Contains(fault.Replace("not JSON", "JSON", StringComparison.Ordinal), HostilePickleTests.Refusal(Bytes(header, dataBytes)), StringComparison.Ordinal);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1000ul)]
    [Trait("Kind", "hostile")]
    public void Refuses_a_header_longer_than_the_file(ulong length)
    {
        var file = Bytes($"{{\"a\":{{{TwoFloats}}}}}", 8);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        Assert.Contains($"claims {length} bytes", HostilePickleTests.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_every_shortened_file()
    {
        var whole = Bytes($"{{\"a\":{{{TwoFloats}}}}}", 8);

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.True(HostilePickleTests.Refusal(whole[..length]).Length > 0));
    }

    [Fact]
    public void Reads_escaped_names_scalars_and_empty_tensors()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("w"), Bytes("""{"\u0061.b":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"e":{"shape":[3,0],"dtype":"I64","data_offsets":[1,1]}}   """, 1));

        using var file = SafetensorsReader.Open(folder.File("w"));

        Assert.Equal(["a.b", "e"], file.Keys);
        Assert.Equal([7f], file["a.b"].ToFloat32());
        Assert.Empty(file["e"].ToFloat32());
    }

    [Fact]
    public void Writes_what_it_reads_and_keeps_order_types_and_metadata()
    {
        using var folder = new TemporaryFolder();
        using var torch = WeightFile.Open(Goldens.Open("checkpoint_formats", "mixed_zip.pth"));

        SafetensorsWriter.Write(folder.File("out.safetensors"), torch.Values, new Dictionary<string, string> { ["format"] = "pt", ["note"] = "ä\"" });

        using var written = WeightFile.Open(folder.File("out.safetensors"));
        Assert.Equal(torch.Keys, written.Keys);
        Assert.Equal("ä\"", written.Metadata["note"]);
        Assert.All(torch, pair =>
        {
            Assert.Equal(pair.Value.Type, written[pair.Key].Type);
            Assert.Equal(pair.Value.Shape, written[pair.Key].Shape);
            Assert.True(pair.Value.Bytes.SequenceEqual(written[pair.Key].Bytes));
        });
        Assert.Equal([folder.File("out.safetensors")], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Aligns_every_tensor_to_its_elements()
    {
        using var folder = new TemporaryFolder();
        using var torch = WeightFile.Open(Goldens.Open("checkpoint_formats", "mixed_zip.pth"));
        SafetensorsWriter.Write(folder.File("out"), torch.Values);

        using var written = WeightFile.Open(folder.File("out"));

        var start = written.Values.Min(tensor => tensor.Address);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(folder.File("out"))) % 8);
        Assert.All(written.Values, tensor => Assert.InRange(tensor.Address - start, 0, (int)new FileInfo(folder.File("out")).Length));
    }

    [Fact]
    public void Leaves_no_file_when_a_name_comes_twice_or_the_run_is_cancelled()
    {
        using var folder = new TemporaryFolder();
        using var weights = WeightFile.FromArrays([("a", [1], [1f])]);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("out"), [weights["a"], weights["a"]]));
        Assert.Throws<OperationCanceledException>(() => SafetensorsWriter.Write(folder.File("out"), weights.Values, cancellation: cancelled.Token));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static byte[] Bytes(string header, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        file.AsSpan(8 + text.Length).Fill(7);
        return file;
    }
}
