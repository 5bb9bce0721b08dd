using System.Text;
using Maskwright.Formats.Npy;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Npy;

public class NpyTests
{
    [Fact]
    public void Reads_back_what_it_wrote()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.npy");

        NpyWriter.Write<float>(path, new float[] { 1, -2, 3.5f, 0, 1e-30f, float.NaN }, 2, 3);
        var array = NpyReader.Read(path);

        Assert.Equal([2, 3], array.Shape);
        Assert.Equal(NpyElementType.Float32, array.ElementType);
        Assert.Equal([1, -2, 3.5f, 0, 1e-30f, float.NaN], array.ToArray<float>());
    }

    [Fact]
    public void Reads_every_number_type_that_it_writes()
    {
        Assert.Equal([1, 0], RoundTrip<bool>([true, false]).ToArray<int>());
        Assert.Equal([0, 255], RoundTrip<byte>([0, 255]).ToArray<int>());
        Assert.Equal([-128, 127], RoundTrip<sbyte>([-128, 127]).ToArray<int>());
        Assert.Equal([0, 65535], RoundTrip<ushort>([0, 65535]).ToArray<int>());
        Assert.Equal([-32768, 32767], RoundTrip<short>([-32768, 32767]).ToArray<int>());
        Assert.Equal([uint.MaxValue], RoundTrip<uint>([uint.MaxValue]).ToArray<uint>());
        Assert.Equal([int.MinValue], RoundTrip<int>([int.MinValue]).ToArray<int>());
        Assert.Equal([ulong.MaxValue], RoundTrip<ulong>([ulong.MaxValue]).ToArray<ulong>());
        Assert.Equal([long.MinValue], RoundTrip<long>([long.MinValue]).ToArray<long>());
        Assert.Equal([0.5f], RoundTrip<Half>([(Half)0.5]).ToArray<float>());
        Assert.Equal([Math.PI], RoundTrip<double>([Math.PI]).ToArray<double>());
        Assert.Throws<NotSupportedException>(() => RoundTrip<char>(['x']));
        Assert.Throws<OverflowException>(() => RoundTrip<int>([-1]).ToArray<byte>());
    }

    [Fact]
    public void Header_is_the_one_numpy_writes()
    {
        var stream = new MemoryStream();

        NpyWriter.Write<byte>(stream, [1, 2, 3], 3);

        var text = Encoding.Latin1.GetString(stream.ToArray());
        Assert.Equal("\u0093NUMPY\u0001\0v\0{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", text[..67].TrimEnd());
        Assert.Equal(128 + 3, text.Length);
        Assert.Equal('\n', text[127]);
    }

    [Fact]
    public void A_scalar_has_no_axes_and_an_empty_array_no_elements()
    {
        Assert.Equal([7], Read(RawFile("{'descr': '<i4', 'fortran_order': False, 'shape': (), }", [7, 0, 0, 0])).ToArray<int>());
        Assert.Empty(Read(RawFile("{'descr': '<i4', 'fortran_order': True, 'shape': (3, 0), }", [])).ToArray<int>());
    }

    [Fact]
    public void Fortran_order_is_turned_into_rows()
    {
        var array = Read(RawFile("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [1, 4, 2, 5, 3, 6]));

        Assert.Equal([1, 2, 3, 4, 5, 6], array.ToArray<int>());
    }

    [Fact]
    public void Big_endian_numbers_are_turned_round()
    {
        var array = Read(RawFile("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", [1, 2, 255, 254]));

        Assert.Equal([0x0102, -2], array.ToArray<int>());
    }

    [Theory]
    [Trait("Kind", "hostile")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", "too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }", "cut off")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }", "no length")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (3,), }", "not understood")]
    [InlineData("\0\0\0", "not understood")]
    public void A_header_that_lies_is_refused(string header, string reason)
    {
        var fault = Assert.Throws<InvalidAnnotationException>(() => Read(RawFile(header, [0, 0, 0, 0])));

        Assert.Contains("bad.npy", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "hostile")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<U5', 'fortran_order': False, 'shape': (1,), }")]
    public void Objects_structures_text_and_complex_numbers_are_refused(string header)
        => Assert.Throws<UnsupportedFormatException>(() => Read(RawFile(header, new byte[64])));

    [Fact]
    [Trait("Kind", "hostile")]
    public void Every_truncation_is_refused()
    {
        var stream = new MemoryStream();
        NpyWriter.Write<int>(stream, [1, 2, 3], 3);
        var whole = stream.ToArray();

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsAny<IOException>(() => Read(whole[..length]));
        }
    }

    [Fact]
    public void A_shape_that_does_not_fit_the_values_is_refused_before_writing()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<ArgumentException>(() => NpyWriter.Write<int>(folder.File("a.npy"), new int[5], 2, 3));

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static NpyArray RoundTrip<T>(T[] values)
        where T : unmanaged
    {
        var stream = new MemoryStream();
        NpyWriter.Write<T>(stream, values, values.Length);
        return Read(stream.ToArray());
    }

    private static NpyArray Read(byte[] bytes) => NpyReader.Read(new MemoryStream(bytes), "bad.npy");

    private static byte[] RawFile(string header, byte[] data) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
}
