using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Maskwright.Formats.Json;

/// <summary>A JSON text that is held in memory whole and can tell the line and column of each of its parts.</summary>
internal sealed class JsonFile : IDisposable
{
    /// <summary>The largest file that is read at once; larger ones hold a whole data set and are read in pieces.</summary>
    public const long MaxBytes = 128L << 20;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private readonly JsonDocument _document;
    private readonly long _line;
    private readonly long _column;

    private JsonFile(string path, JsonDocument document, long line, long column) => (Path, _document, _line, _column) = (path, document, line, column);

    /// <summary>The file's path, for errors.</summary>
    public string Path { get; }

    /// <summary>The value that the file holds.</summary>
    public LocatedJson Root => new(this, _document.RootElement, string.Empty);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidAnnotationException">The file is no JSON, names a field twice, or is too large.</exception>
    public static JsonFile Read(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > MaxBytes)
        {
            throw new InvalidAnnotationException(path, null, $"is {length >> 20} MB of JSON; the annotations of one image take at most {MaxBytes >> 20} MB");
        }

        var bytes = File.ReadAllBytes(path);
        var mark = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        return new JsonFile(path, Parse(path, bytes.AsMemory(mark)), 1, 1 + mark);
    }

    /// <summary>Takes JSON out of a file of another kind.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">The JSON.</param>
    /// <param name="line">1-based line at which it stands; faults within it are told by this line and those that follow.</param>
    public static JsonFile Text(string path, string text, long line)
    {
        try
        {
            return new JsonFile(path, Parse(path, System.Text.Encoding.UTF8.GetBytes(text)), line, 1);
        }
        catch (InvalidAnnotationException e) when (e.Line is { } inner)
        {
            throw new InvalidAnnotationException(path, line + inner - 1, e.Reason, e);
        }
    }

    /// <summary>Takes one entry of a larger file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="entry">The entry; disposed of by this object.</param>
    /// <param name="line">1-based line at which the entry starts.</param>
    /// <param name="column">1-based byte in that line.</param>
    public static JsonFile Entry(string path, JsonDocument entry, long line, long column) => new(path, entry, line, column);

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    /// <summary>A fault of one part of the text.</summary>
    public InvalidAnnotationException Fault(JsonElement at, string reason, Exception? inner = null)
    {
        var (line, column) = Place(at);
        return new InvalidAnnotationException(Path, line, $"column {column}: {reason}", inner);
    }

    private static JsonDocument Parse(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, s_strict);
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.', ' ');
            throw new InvalidAnnotationException(path, (e.LineNumber ?? 0) + 1, $"column {(e.BytePositionInLine ?? 0) + 1}: not JSON: {reason}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidAnnotationException(path, null, "a name is not valid Unicode", e); // found while names are compared
        }
    }

    // Every value is a stretch of the root's own bytes, so its place follows from where the stretch begins.
    private (long Line, long Column) Place(JsonElement at)
    {
        var text = JsonMarshal.GetRawUtf8Value(_document.RootElement);
        var part = JsonMarshal.GetRawUtf8Value(at);
        var offset = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(text), ref MemoryMarshal.GetReference(part));
        var passed = text[..offset];
        var newline = passed.LastIndexOf((byte)'\n');
        return (_line + passed.Count((byte)'\n'), newline < 0 ? _column + offset : offset - newline);
    }
}
