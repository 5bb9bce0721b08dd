namespace Maskwright.Formats.Datasets;

/// <summary>Holds what must stand behind something that is still being written: in memory while it is small, then in a file without a lasting name.</summary>
internal sealed class Spool : IDisposable
{
    private const int MaxMemoryBytes = 16 << 20;

    private Stream _stream = new MemoryStream();

    /// <summary>Where to write; ask for it again after every <see cref="Trim"/>.</summary>
    public Stream Stream => _stream;

    /// <summary>Moves the content out of memory once it is large.</summary>
    public void Trim()
    {
        if (_stream is MemoryStream { Length: > MaxMemoryBytes } memory)
        {
            var name = Path.Combine(Path.GetTempPath(), $"maskwright-{Guid.NewGuid():N}.tmp");
            var file = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            memory.WriteTo(file);
            _stream = file;
        }
    }

    /// <summary>Appends everything to a stream.</summary>
    public void CopyTo(Stream target)
    {
        _stream.Position = 0;
        _stream.CopyTo(target);
    }

    public void Dispose() => _stream.Dispose();
}
