using System.Text.Json;

namespace Maskwright.Formats.Json;

/// <summary>Reads entries of a JSON file by their place; entries that stand close together come with one read.</summary>
internal sealed class JsonEntryFile : IDisposable
{
    private const int MaxAhead = 1 << 20;

    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file;
    private byte[] _window = new byte[1 << 12];
    private long _start;
    private int _length;

    public JsonEntryFile(string path) => _file = File.OpenHandle(path);

    public void Dispose() => _file.Dispose();

    /// <summary>Reads one entry; it is good until the next call.</summary>
    /// <param name="offset">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="usefulEnd">The byte up to which it is worth reading ahead.</param>
    /// <exception cref="JsonException">There is no JSON at the place: the file was changed meanwhile.</exception>
    public JsonDocument Parse(long offset, int length, long usefulEnd)
    {
        if (offset < _start || offset + length > _start + _length)
        {
            Load(offset, (int)Math.Max(length, Math.Min(MaxAhead, usefulEnd - offset)));
        }

        var from = (int)(offset - _start);
        return JsonDocument.Parse(_window.AsMemory(from, Math.Min(length, _length - from)));
    }

    private void Load(long offset, int length)
    {
        if (_window.Length < length)
        {
            _window = new byte[Math.Max(length, (int)Math.Min(_window.Length * 2L, MaxAhead))];
        }

        (_start, _length) = (offset, 0);
        for (int read; _length < length && (read = RandomAccess.Read(_file, _window.AsSpan(_length, length - _length), offset + _length)) > 0;)
        {
            _length += read;
        }
    }
}
