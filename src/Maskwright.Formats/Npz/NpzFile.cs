using System.IO.Compression;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Images;
using Maskwright.Formats.Npy;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Npz;

/// <summary>The arrays of one NumPy <c>.npz</c> file that hold one image's masks.</summary>
internal sealed class NpzFile : IDisposable
{
    private const int MostMasks = 1 << 20;
    private const long MostBytes = 1L << 30;

    private readonly string _path;
    private readonly ZipArchive _zip;

    public NpzFile(string path)
    {
        _path = path;
        try
        {
            _zip = ZipFile.OpenRead(path);
            _ = _zip.Entries.Count; // reads the directory, which may be damaged
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException)
        {
            _zip?.Dispose();
            throw new InvalidAnnotationException(path, null, $"is not a .npz file: {e.Message.TrimEnd('.')}", e);
        }
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>Whether there is an array of this name.</summary>
    public bool Has(string name) => _zip.GetEntry(name + ".npy") is not null;

    /// <summary>Reads an array; null when there is none.</summary>
    public NpyArray? Array(string name) => Read(name, NpyReader.Read);

    /// <summary>Reads a list of texts; null when there is none.</summary>
    public List<string>? Texts(string name) => Read(name, NpzText.Read);

    /// <summary>Reads a list of numbers, one for each mask; null when there is none.</summary>
    public double[]? Numbers(string name, int count) => Array(name) is not { } array ? null
        : array.Shape.Count == 1 && array.Count == count ? array.ToArray<double>()
        : throw new InvalidAnnotationException(Place(name), null, $"has the shape [{string.Join(", ", array.Shape)}], but there are {count} masks");

    /// <summary>Reads a stack of masks, one after the other; what is not 0 is inside.</summary>
    public (ImageSize Size, List<RunLengthMask> Masks)? Stack(string name) => Read(name, (stream, place) => ((ImageSize, List<RunLengthMask>)?)ReadStack(stream, place));

    /// <summary>What an array is called in errors.</summary>
    public string Place(string name) => $"{_path}:{name}";

    private static (ImageSize, List<RunLengthMask>) ReadStack(Stream stream, string place)
    {
        var header = NpyHeader.Parse(NpyReader.ReadHeader(stream, place), place);
        if (header is not { Shape: [var count, > 0 and var height, > 0 and var width] } || NpyArray.SizeOf(header.ElementType) != 1 || header.IsFortranOrder)
        {
            throw new InvalidAnnotationException(place, null, $"is no stack of masks: booleans or bytes of the shape [masks, height, width], row by row, were expected, not [{string.Join(", ", header.Shape)}]");
        }

        if ((long)height * width > ImageReadOptions.DefaultMaxPixels || count > MostMasks)
        {
            throw new InvalidAnnotationException(place, null, $"{count} masks of {width}x{height} are too many");
        }

        var (size, masks, row) = (new ImageSize(width, height), new List<RunLengthMask>(), new byte[width]);
        for (var i = 0; i < count; i++)
        {
            masks.Add(ReadMask(stream, size, row) ?? throw new InvalidAnnotationException(place, null, $"is cut off in mask {i} of {count}"));
        }

        return (size, masks);
    }

    private static RunLengthMask? ReadMask(Stream stream, ImageSize size, byte[] row)
    {
        var mask = new BinaryMask(size);
        for (var y = 0; y < size.Height; y++)
        {
            if (stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            {
                return null;
            }

            var words = mask.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                words[x >> 6] |= (row[x] != 0 ? 1UL : 0) << (x & 63);
            }
        }

        return RunLengthMask.FromMask(mask);
    }

    private T? Read<T>(string name, Func<Stream, string, T?> read)
    {
        if (_zip.GetEntry(name + ".npy") is not { } entry)
        {
            return default;
        }

        try
        {
            using var stream = new BoundedStream(entry.Open(), Place(name), name == NpzReader.Masks ? long.MaxValue : MostBytes); // masks are read one by one
            return read(stream, Place(name));
        }
        catch (Exception e) when (e is InvalidDataException or UnsupportedFormatException or OverflowException or NotSupportedException)
        {
            throw new InvalidAnnotationException(Place(name), null, e is UnsupportedFormatException fault ? fault.Reason : $"is damaged: {e.Message.TrimEnd('.')}", e);
        }
    }
}
