using System.Security.Cryptography;

namespace Maskwright.Segmentation;

/// <summary>One file of the embedding cache: a mark, the SHA-256 of what follows, and what the segmenter wrote.</summary>
internal static class EmbeddingCacheEntry
{
    /// <summary>The ending of finished entries.</summary>
    public const string Extension = ".embedding";

    /// <summary>The ending of entries that are being written, or whose writing was cut off.</summary>
    public const string TemporaryExtension = ".embedding-part";

    private const int HeaderBytes = 8 + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Mark => "mwembed1"u8;

    /// <summary>Writes an entry whole or not at all.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16))
            {
                file.Write(stackalloc byte[HeaderBytes]);
                write(file);
                file.Position = HeaderBytes;
                var hash = SHA256.HashData(file);
                file.Position = 0;
                file.Write(Mark);
                file.Write(hash);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // Does nothing once it is moved.
        }
    }

    /// <summary>Reads an entry after checking that it is whole.</summary>
    /// <exception cref="InvalidDataException">The file is no entry, or is damaged.</exception>
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header[..Mark.Length].SequenceEqual(Mark))
        {
            throw new InvalidDataException("it is not an embedding of the cache");
        }

        if (!SHA256.HashData(file).AsSpan().SequenceEqual(header[Mark.Length..]))
        {
            throw new InvalidDataException("its content is not what was written");
        }

        file.Position = HeaderBytes;
        return read(file);
    }

    /// <summary>Removes the oldest entries of a folder until the rest is within the limit.</summary>
    public static void Trim(string folder, long limitBytes)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Extension is Extension or TemporaryExtension)
            .Select(file => (file.FullName, file.LastWriteTimeUtc, Bytes: LengthOf(file)))
            .OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.FullName, StringComparer.Ordinal)
            .ToList();
        long kept = 0;
        foreach (var file in files)
        {
            kept += file.Bytes;
            if (kept > limitBytes)
            {
                File.Delete(file.FullName);
            }
        }
    }

    // Another process may have removed the file since it was listed.
    private static long LengthOf(FileInfo file) => file.Exists ? file.Length : 0;
}
