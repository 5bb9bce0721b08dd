using System.Text.Json;

namespace Maskwright.Formats.Json;

/// <summary>Goes through a large JSON file of lists, holding one entry of a list at a time.</summary>
internal sealed partial class JsonItemReader : IDisposable
{
    private const int MaxItemBytes = 64 << 20;

    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    private readonly string _path;
    private readonly Stream _stream;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });
    private long _position;
    private long _line = 1;
    private long _column = 1;

    public JsonItemReader(string path)
    {
        _path = path;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        Fill();
        _start = _buffer.AsSpan(0, _end).StartsWith(s_mark) ? s_mark.Length : 0;
        _position = _start;
    }

    /// <summary>1-based line of the entry that was read last.</summary>
    public long ItemLine { get; private set; } = 1;

    /// <summary>1-based byte in that line.</summary>
    public long ItemColumn { get; private set; } = 1;

    /// <summary>The byte of the file where the entry begins that was read last.</summary>
    public long ItemOffset { get; private set; }

    /// <summary>The byte of the file that is read next.</summary>
    public long Position => _position;

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads one token.</summary>
    /// <param name="name">The name, when the token is that of a property.</param>
    public JsonTokenType Next(out string name)
    {
        while (true)
        {
            var reader = Reader();
            if (TryRead(ref reader))
            {
                name = reader.TokenType == JsonTokenType.PropertyName ? Name(ref reader) : string.Empty;
                var type = reader.TokenType;
                Commit(ref reader);
                return type;
            }

            FillOrFail();
        }
    }

    /// <summary>Reads the next entry of a list; null at the list's end.</summary>
    public JsonDocument? NextItem()
    {
        while (true)
        {
            var reader = Reader();
            try
            {
                if (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndArray)
                    {
                        Commit(ref reader);
                        return null;
                    }

                    var start = (int)reader.TokenStartIndex;
                    if (JsonDocument.TryParseValue(ref reader, out var item))
                    {
                        BeginItem(start);
                        Commit(ref reader, alreadyCounted: start);
                        return item;
                    }
                }
            }
            catch (JsonException e)
            {
                throw Malformed(e);
            }

            FillOrFail();
        }
    }

    /// <summary>Passes over the next entry of a list and gives its bytes, which hold one whole value and are good until the next call.</summary>
    /// <returns>False at the list's end.</returns>
    public bool NextRaw(out ReadOnlySpan<byte> item)
    {
        while (true)
        {
            var reader = Reader();
            try
            {
                if (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndArray)
                    {
                        Commit(ref reader);
                        item = default;
                        return false;
                    }

                    var start = (int)reader.TokenStartIndex;
                    if (reader.TrySkip())
                    {
                        BeginItem(start);
                        item = _buffer.AsSpan(_start, (int)reader.BytesConsumed - start);
                        Commit(ref reader, alreadyCounted: start);
                        return true;
                    }
                }
            }
            catch (JsonException e)
            {
                throw Malformed(e);
            }

            FillOrFail();
        }
    }

    /// <summary>Reads one value unless it is larger than a limit; then it can still be skipped.</summary>
    public JsonDocument? ValueUpTo(int maxBytes)
    {
        while (true)
        {
            var reader = Reader();
            try
            {
                if (reader.Read() && JsonDocument.TryParseValue(ref reader, out var value))
                {
                    Commit(ref reader);
                    return value;
                }
            }
            catch (JsonException e)
            {
                throw Malformed(e);
            }

            if (_end - _start > maxBytes)
            {
                return null;
            }

            FillOrFail();
        }
    }

    /// <summary>Passes over one value, however large.</summary>
    public void Skip()
    {
        var depth = 0;
        do
        {
            depth += Next(out _) switch
            {
                JsonTokenType.StartArray or JsonTokenType.StartObject => 1,
                JsonTokenType.EndArray or JsonTokenType.EndObject => -1,
                _ => 0,
            };
        }
        while (depth > 0);
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void ExpectEnd()
    {
        while (true)
        {
            var reader = Reader();
            if (TryRead(ref reader))
            {
                throw Fault("something follows the end of the JSON");
            }

            if (_isAtEnd)
            {
                return;
            }

            Commit(ref reader);
            Fill();
        }
    }

    /// <summary>A fault of the place that is being read.</summary>
    public InvalidAnnotationException Fault(string reason) => new(_path, _line, $"column {_column}: {reason}");

    /// <summary>A fault of the entry that was read last.</summary>
    public InvalidAnnotationException FaultOfItem(string reason, Exception? inner = null) => new(_path, ItemLine, $"column {ItemColumn}: {reason}", inner);

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);

    private string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            throw Fault("a name is not valid Unicode");
        }
    }

    private bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    // The reader's state carries the line over from buffer to buffer.
    private InvalidAnnotationException Malformed(JsonException e) =>
        new(_path, (e.LineNumber ?? 0) + 1, $"column {(e.BytePositionInLine ?? 0) + 1}: not JSON: {Plain(e.Message)}", e);

    // The library speaks to programmers of its own options.
    private static string Plain(string message) => message.Contains("isFinalBlock", StringComparison.Ordinal) || message.Contains("that should be closed", StringComparison.Ordinal) ? "the file ends too early"
        : message.Contains("trailing comma", StringComparison.Ordinal) ? "a comma stands before a closing bracket"
        : message.Split(" LineNumber:")[0].TrimEnd('.', ' ');

    private void BeginItem(int start)
    {
        Advance(start);
        (ItemLine, ItemColumn, ItemOffset) = (_line, _column, _position);
    }

    private void Commit(ref Utf8JsonReader reader, int alreadyCounted = 0)
    {
        Advance((int)reader.BytesConsumed - alreadyCounted);
        _state = reader.CurrentState;
    }

    private void Advance(int bytes)
    {
        var passed = _buffer.AsSpan(_start, bytes);
        var newline = passed.LastIndexOf((byte)'\n');
        _line += passed.Count((byte)'\n');
        _column = newline < 0 ? _column + bytes : bytes - newline;
        _start += bytes;
        _position += bytes;
    }

    private void FillOrFail()
    {
        if (_isAtEnd)
        {
            throw Fault("the file ends in the middle of the JSON");
        }

        if (_end - _start >= MaxItemBytes)
        {
            throw Fault($"one entry is longer than {MaxItemBytes >> 20} MB");
        }

        Fill();
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }
}
