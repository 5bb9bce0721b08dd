namespace Maskwright.Formats.Json;

/// <summary>Tells line and column of any byte of a large file without reading it from the start again.</summary>
internal sealed class JsonPlaces(string path)
{
    private const long Apart = 1 << 20;

    private readonly List<(long Offset, long Line, long Column)> _marks = [(0, 1, 1)];

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Notes the place of the entry that was read last, once in a while.</summary>
    public void Note(JsonItemReader json)
    {
        if (json.ItemOffset - _marks[^1].Offset >= Apart)
        {
            _marks.Add((json.ItemOffset, json.ItemLine, json.ItemColumn));
        }
    }

    /// <summary>A fault of an entry that begins at this byte.</summary>
    public InvalidAnnotationException Fault(long offset, string reason, Exception? inner = null)
    {
        var (line, column) = Of(offset);
        return new InvalidAnnotationException(path, line, $"column {column}: {reason}", inner);
    }

    /// <summary>1-based line and byte of the line.</summary>
    public (long Line, long Column) Of(long offset)
    {
        var at = _marks.BinarySearch((offset, long.MaxValue, long.MaxValue));
        var (position, line, column) = _marks[Math.Max(0, (at < 0 ? ~at : at) - 1)];
        using var file = File.OpenHandle(path);
        var buffer = new byte[1 << 16];
        while (position < offset)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - position)), position);
            if (read == 0)
            {
                break;
            }

            var passed = buffer.AsSpan(0, read);
            var newline = passed.LastIndexOf((byte)'\n');
            line += passed.Count((byte)'\n');
            column = newline < 0 ? column + read : read - newline;
            position += read;
        }

        return (line, column);
    }
}
