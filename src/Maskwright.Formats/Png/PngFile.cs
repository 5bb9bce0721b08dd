using System.Buffers.Binary;
using System.IO.Compression;
using Maskwright.Geometry;

namespace Maskwright.Formats.Png;

/// <summary>Writes PNG files whose pixels are numbers rather than a photo: masks, labels, palettes, exact alpha.</summary>
/// <remarks>
/// The image libraries of the house quantise palettes and mix channels; here every value is written as it is. W3C PNG specification, third edition.
/// Rows are filtered against the row above (type 2, in vector registers), which turns the flat areas of masks into zeros.
/// </remarks>
internal sealed class PngFile : IDisposable
{
    private readonly Stream _stream;
    private readonly MemoryStream _packed = new();
    private readonly ZLibStream _packing;
    private readonly byte[] _above;
    private readonly byte[] _filtered;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Where the file goes; stays open.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="pixels">What the bytes of a row mean.</param>
    /// <param name="palette">Red green blue of each palette entry, up to 256; only for <see cref="PngPixels.Indexed8"/>.</param>
    public PngFile(Stream stream, ImageSize size, PngPixels pixels, ReadOnlySpan<byte> palette = default)
    {
        _stream = stream;
        var rowBytes = size.Width * BytesPerPixel(pixels);
        _above = new byte[rowBytes];
        _filtered = new byte[rowBytes + 1];
        _filtered[0] = 2; // the filter type of every row
        _packing = new ZLibStream(_packed, Packing(pixels), leaveOpen: true);
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteHeader(size, pixels);
        if (!palette.IsEmpty)
        {
            WriteChunk("PLTE"u8, palette);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The bytes of one row; as many as its pixels need.</param>
    public void WriteRow(ReadOnlySpan<byte> row)
    {
        RowFilter.Up(row, _above, _filtered.AsSpan(1));
        row.CopyTo(_above);
        _packing.Write(_filtered);
    }

    /// <summary>Adds a row that equals the one above it; as the first row, one of zeros.</summary>
    public void WriteSameRow()
    {
        _filtered.AsSpan(1).Clear();
        _packing.Write(_filtered);
    }

    /// <summary>Ends the file; call it after the last row.</summary>
    public void Complete()
    {
        _packing.Dispose();
        WriteChunk("IDAT"u8, _packed.GetBuffer().AsSpan(0, (int)_packed.Length));
        WriteChunk("IEND"u8, []);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packing.Dispose();
        _packed.Dispose();
    }

    private static int BytesPerPixel(PngPixels pixels) => pixels switch
    {
        PngPixels.Grey8 or PngPixels.Indexed8 => 1,
        PngPixels.Grey16 => 2,
        PngPixels.Rgb8 => 3,
        _ => 4,
    };

    // Filtered masks are long runs; looking for anything but runs costs time and finds nothing. On photos, higher levels
    // take twice the time for a twentieth of the size.
    private static ZLibCompressionOptions Packing(PngPixels pixels) => pixels == PngPixels.Rgba8
        ? new() { CompressionLevel = 3 }
        : new() { CompressionLevel = 6, CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding };

    private void WriteHeader(ImageSize size, PngPixels pixels)
    {
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, size.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], size.Height);
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], (ushort)pixels);
        WriteChunk("IHDR"u8, header);
    }

    private void WriteChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        _stream.Write(number);
        _stream.Write(type);
        _stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32.Add(Crc32.Add(uint.MaxValue, type), data));
        _stream.Write(number);
    }
}
