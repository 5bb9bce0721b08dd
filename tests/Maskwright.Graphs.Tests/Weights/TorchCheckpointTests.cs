using System.IO.Compression;
using System.Runtime.InteropServices;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

public sealed class TorchCheckpointTests
{
    private static readonly byte[] Six = MemoryMarshal.AsBytes<float>([0, 1, 2, 3, 4, 5]).ToArray();

    [Theory]
    [InlineData(0, new[] { 2, 3 }, new[] { 3, 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(0, new[] { 3, 2 }, new[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(1, new[] { 2, 2 }, new[] { 3, 1 }, new float[] { 1, 2, 4, 5 })]
    [InlineData(2, new[] { 3 }, new[] { 0 }, new float[] { 2, 2, 2 })]
    [InlineData(0, new[] { 2, 1, 3 }, new[] { 3, 99, 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(0, new[] { 1, 3, 2 }, new[] { 7, 2, 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(5, new int[0], new int[0], new float[] { 5 })]
    [InlineData(9, new[] { 0, 4 }, new[] { 4, 1 }, new float[0])]
    public void Lays_out_a_strided_view_in_row_major_order(int offset, int[] shape, int[] strides, float[] expected)
    {
        using var file = WeightFile.FromBytes(PickleText.Zip(PickleText.OneTensor("FloatStorage", "0", 6, offset, shape, strides), ("data/0", Six)), "test");

        Assert.Equal(expected, file["w"].ToFloat32());
        Assert.Equal(expected.Length, file["w"].ElementCount);
    }

    [Fact]
    public void Reads_an_archive_that_was_packed_again_with_compression()
    {
        using var file = WeightFile.FromBytes(PickleText.Zip(CompressionLevel.SmallestSize, PickleText.OneTensor("FloatStorage", "0", 6, 0, [6], [1]), ("data/0", Six)), "test");

        Assert.Equal([0, 1, 2, 3, 4, 5], file["w"].ToFloat32());
    }

    [Fact]
    public void Views_stored_tensors_where_the_file_has_them()
    {
        var golden = Goldens.Open("sam_tiny", "tiny_sam.pth");
        using var file = WeightFile.Open(golden);

        var lowest = file.Values.Min(tensor => tensor.Address);
        var highest = file.Values.Max(tensor => tensor.Address + (nint)tensor.ByteLength);

        Assert.InRange(highest - lowest, 1, new FileInfo(golden).Length);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_a_view_beyond_its_storage()
    {
        Assert.Contains("beyond", Refusal(6, [7], [1], 0), StringComparison.Ordinal);
        Assert.Contains("beyond", Refusal(6, [6], [1], 1), StringComparison.Ordinal);
        Assert.Contains("beyond", Refusal(6, [2, 2], [int.MaxValue, int.MaxValue], 0), StringComparison.Ordinal);
        Assert.Contains("impossible", Refusal(6, [-1], [1], 0), StringComparison.Ordinal);
        Assert.Contains("impossible", Refusal(6, [2], [-1], 3), StringComparison.Ordinal);
        Assert.Contains("impossible", Refusal(6, [1], [1], -1), StringComparison.Ordinal);
        Assert.Contains("impossible", Refusal(6, [int.MaxValue, int.MaxValue, int.MaxValue], [0, 0, 0], 0), StringComparison.Ordinal);
        Assert.Contains("repeats", Refusal(6, [int.MaxValue, 4], [0, 1], 0), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_a_storage_that_is_not_as_described()
    {
        var pickle = PickleText.OneTensor("FloatStorage", "0", 7, 0, [6], [1]);

        Assert.Contains("24 bytes", HostilePickleTests.Refusal(PickleText.Zip(pickle, ("data/0", Six))), StringComparison.Ordinal);
        Assert.Contains("lacks", HostilePickleTests.Refusal(PickleText.Zip(pickle, ("data/1", Six))), StringComparison.Ordinal);
        Assert.Contains("data.pkl", HostilePickleTests.Refusal(RenamedPickle(pickle)), StringComparison.Ordinal);
        Assert.Contains("ComplexFloatStorage", HostilePickleTests.Refusal(PickleText.Zip(PickleText.OneTensor("ComplexFloatStorage", "0", 1, 0, [1], [1]))), StringComparison.Ordinal);
        Assert.Contains("missing", HostilePickleTests.Refusal(PickleText.Legacy(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Refuses_a_compressed_storage_that_claims_more_than_it_holds()
    {
        var pickle = PickleText.OneTensor("ByteStorage", "0", 2000, 0, [2000], [1]);
        var honest = PickleText.Zip(CompressionLevel.SmallestSize, pickle, ("data/0", new byte[1000]));
        var lying = Replaced(honest, 1000, 2000);
        using var file = WeightFile.FromBytes(lying, "test");

        var error = Assert.Throws<InvalidWeightsException>(() => file["w"].ToFloat32());

        Assert.Contains("holds 1000", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_its_tensors_are_gone_after_disposal()
    {
        var file = WeightFile.FromBytes(PickleText.Zip(PickleText.OneTensor("FloatStorage", "0", 6, 0, [6], [1]), ("data/0", Six)), "test");
        var tensor = file["w"];

        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tensor.Address);
        Assert.Throws<ObjectDisposedException>(() => tensor.ToFloat32());
    }

    private static byte[] RenamedPickle(byte[] pickle)
    {
        var zip = PickleText.Zip(pickle);
        for (var at = zip.AsSpan().IndexOf("data.pkl"u8); at >= 0; at = zip.AsSpan().IndexOf("data.pkl"u8))
        {
            zip[at] = (byte)'x';
        }

        return zip;
    }

    private static byte[] Replaced(byte[] zip, int length, int claimed)
    {
        var at = zip.AsSpan().LastIndexOf(BitConverter.GetBytes(length));
        BitConverter.GetBytes(claimed).CopyTo(zip, at);
        return zip;
    }

    private static string Refusal(int elements, int[] shape, int[] strides, int offset)
        => HostilePickleTests.Refusal(PickleText.Zip(PickleText.OneTensor("FloatStorage", "0", elements, offset, shape, strides), ("data/0", Six)));
}
