using System.Buffers.Binary;
using System.Text;
using Maskwright.Formats.Images;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

[Trait("Kind", "hostile")]
public sealed class HostileImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("png", 131)]
    [InlineData("jpeg", 147)]
    [InlineData("gif", 85)]
    public void A_fuzzed_file_is_an_image_or_a_fault_that_names_it(string format, int count)
    {
        var files = Directory.GetFiles(Goldens.Data("robust", "fuzz", format, "corpus"));

        Assert.Equal(count, files.Length);
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = 4 }, file =>
        {
            try
            {
                Assert.True(ImageReader.Read(file).Size.PixelCount > 0);
            }
            catch (Exception e) when (e is InvalidImageException or UnsupportedFormatException)
            {
                Assert.StartsWith(file, e.Message, StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [MemberData(nameof(HugeHeaders))]
    public void A_header_that_claims_too_many_pixels_is_refused_before_memory_is_taken(string name, byte[] content)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Assert.Throws<InvalidImageException>(() => ImageReader.Read(content, name));

        Assert.Contains("million pixels; the limit is 256 million", fault.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
    }

    [Fact]
    public void The_limit_of_pixels_can_be_set_and_is_inclusive()
    {
        var png = ImageWriter.EncodePng(TestImages.Gradient(20, 10));

        Assert.Throws<InvalidImageException>(() => ImageReader.Read(png, "a.png", new ImageReadOptions { MaxPixels = 199 }));
        Assert.Equal(200, ImageReader.Read(png, "a.png", new ImageReadOptions { MaxPixels = 200 }).Size.PixelCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageReader.Read(png, "a.png", new ImageReadOptions { MaxPixels = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageReader.Read(png, "a.png", new ImageReadOptions { MaxPixels = 1L << 40 }));
    }

    [Theory]
    [MemberData(nameof(TestImages.Encodings), MemberType = typeof(TestImages))]
    public void A_truncated_file_is_refused(string extension)
    {
        var whole = TestImages.Encode(TestImages.Gradient(64, 48), extension);

        for (var part = 1; part <= 9; part++)
        {
            var fault = Assert.ThrowsAny<IOException>(() => ImageReader.Read(whole.AsMemory(0, whole.Length * part / 10), "cut" + extension));

            Assert.True(fault is InvalidImageException or UnsupportedFormatException, fault.ToString());
            Assert.Contains("cut" + extension, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_truncated_photo_can_be_asked_for_as_far_as_it_goes()
    {
        var image = TestImages.Gradient(64, 48);
        var whole = ImageWriter.EncodeJpeg(image, 100);

        var part = ImageReader.Read(whole.AsMemory(0, whole.Length * 7 / 10), "cut.jpg", new ImageReadOptions { AllowDamaged = true });

        Assert.Equal(image.Size, part.Size);
        Assert.True(part.Pixels[..600].SequenceEqual(ImageReader.Read(whole, "whole.jpg").Pixels[..600]));
    }

    [Theory]
    [InlineData("%PDF-1.7\n%\u00e2\u00e3", "a PDF document")]
    [InlineData("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>", "an SVG drawing")]
    [InlineData("<!DOCTYPE html><html></html>", "a web page")]
    [InlineData("Not an image at all.\n", "text")]
    [InlineData("BM is how this text starts, and it is no bitmap.", "text")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008", "data of an unknown kind")]
    [InlineData("PK\u0003\u0004....", "a ZIP archive")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0isommp41", "an MP4 or QuickTime video")]
    [InlineData("II*\0\u0010\0\0\0CR\u0002\0", "a camera raw file")]
    public void What_is_no_image_is_refused_with_what_it_is(string content, string kind)
    {
        File.WriteAllBytes(_folder.File("photo.jpg"), Encoding.Latin1.GetBytes(content));

        var fault = Assert.Throws<UnsupportedFormatException>(() => ImageReader.Read(_folder.File("photo.jpg")));

        Assert.Contains(_folder.File("photo.jpg"), fault.Message, StringComparison.Ordinal);
        Assert.Contains($"is {kind},", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_empty_folder_and_forbidden_are_told_apart()
    {
        File.WriteAllBytes(_folder.File("empty.png"), []);
        var missing = Assert.Throws<FileNotFoundException>(() => ImageReader.Read(_folder.File("none.png")));
        var deep = Assert.Throws<FileNotFoundException>(() => ImageReader.Identify(_folder.File("no", "none.png")));
        var empty = Assert.Throws<InvalidImageException>(() => ImageReader.Read(_folder.File("empty.png")));
        var directory = Assert.Throws<InvalidImageException>(() => ImageReader.Identify(_folder.Path));

        Assert.Contains("none.png", missing.Message, StringComparison.Ordinal);
        Assert.Contains("none.png", deep.Message, StringComparison.Ordinal);
        Assert.EndsWith("empty.png: is empty", empty.Message, StringComparison.Ordinal);
        Assert.Contains("folder", directory.Message, StringComparison.Ordinal);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_file_that_may_not_be_read_is_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Needs a user whom permissions bind.");
        File.WriteAllBytes(_folder.File("secret.png"), [1]);
        File.SetUnixFileMode(_folder.File("secret.png"), UnixFileMode.None);

        var fault = Assert.Throws<InvalidImageException>(() => ImageReader.Read(_folder.File("secret.png")));

        Assert.Contains("permission", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heic_photo_is_refused_by_its_name()
    {
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[64]];

        Assert.Contains("HEIC", Assert.Throws<UnsupportedFormatException>(() => ImageReader.Read(heic, "a.heic")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_read_stops()
    {
        var png = ImageWriter.EncodePng(TestImages.Gradient(20, 10));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ImageReader.Read(png, "a.png", cancellationToken: cancelled.Token));
    }

    public static TheoryData<string, byte[]> HugeHeaders()
    {
        var png = ImageWriter.EncodePng(TestImages.Gradient(2, 2));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 100_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 100_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Checksum.Crc32(png.AsSpan(12, 17)));
        var jpeg = ImageWriter.EncodeJpeg(TestImages.Gradient(2, 2));
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        jpeg.AsSpan(frame + 5, 4).Fill(0xFF);
        jpeg[frame + 5] = jpeg[frame + 7] = 0xF0; // 61695 each, within what libjpeg accepts.
        byte[] gif = [.. "GIF89a"u8, 255, 255, 255, 255, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 255, 255, 255, 255, 0, 2, 2, 0x44, 1, 0, 0x3B];
        var bmp = new byte[200];
        ((byte[])[.. "BM"u8, 200, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 0x30, 0x75, 0, 0, 0x30, 0x75, 0, 0, 1, 0, 24, 0]).CopyTo(bmp, 0);
        return new() { { "png", png }, { "jpeg", jpeg }, { "gif", gif }, { "bmp", bmp } };
    }
}
