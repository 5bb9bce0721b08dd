using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>The bytes of an image: a file that can be opened again, or a buffer; and the name the user knows it by.</summary>
internal sealed class ImageSource
{
    private readonly byte[]? _bytes;

    private ImageSource(string name, byte[]? bytes, byte[] head)
    {
        Name = name;
        _bytes = bytes;
        Format = FileSignature.Detect(head) ?? throw new UnsupportedFormatException(
            name, $"is {FileSignature.Describe(head)}, not an image that can be read (JPEG, PNG, WebP, TIFF, GIF, AVIF, HEIC or BMP)");
    }

    public string Name { get; }

    public ImageFormat Format { get; }

    public static ImageSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new InvalidImageException(path, "is a folder, not an image file");
        }

        if (path.Contains('\0', StringComparison.Ordinal)) // names come out of annotation files as well
        {
            throw new InvalidImageException(path.Replace('\0', '?'), "cannot be opened: the name holds a null character");
        }

        try
        {
            using var stream = File.OpenRead(path);
            return stream.CanSeek ? new ImageSource(path, null, ReadHead(stream, path)) : FromStream(stream, path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InvalidImageException(path, "cannot be opened: permission denied", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"{path}: there is no such file", path, e);
        }
    }

    public static ImageSource FromStream(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return FromBytes(copy.ToArray(), name);
    }

    public static ImageSource FromBytes(ReadOnlyMemory<byte> content, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var isWholeArray = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out var segment)
            && segment.Offset == 0 && segment.Count == segment.Array?.Length;
        var bytes = isWholeArray && segment.Array is not null ? segment.Array : content.ToArray();
        return bytes.Length == 0 ? throw Empty(name) : new ImageSource(name, bytes, bytes[..Math.Min(bytes.Length, FileSignature.HeadLength)]);
    }

    /// <summary>Opens the bytes for libvips; the caller disposes.</summary>
    public Source OpenForVips() => _bytes is null ? Source.NewFromFile(Path.GetFullPath(Name)) : Source.NewFromMemory(_bytes);

    /// <summary>Opens the bytes as a stream; the caller disposes.</summary>
    public Stream OpenStream() => _bytes is null ? File.OpenRead(Name) : new MemoryStream(_bytes, writable: false);

    /// <summary>All bytes; not to be changed.</summary>
    public byte[] ReadAll() => _bytes ?? File.ReadAllBytes(Name);

    private static byte[] ReadHead(FileStream stream, string path)
    {
        var head = new byte[FileSignature.HeadLength];
        var got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return got == 0 ? throw Empty(path) : head[..got];
    }

    private static InvalidImageException Empty(string name) => new(name, "is empty");
}
