using System.IO.Compression;
using System.Text;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>The ways of storing a file in a zip archive that are read here.</summary>
internal static class ZipMethod
{
    public const int Stored = 0;
    public const int Deflated = 8;
}

/// <summary>One file in a zip archive.</summary>
internal sealed record ZipEntry(string Name, bool IsStored, long CompressedLength, long Length, long HeaderOffset);

/// <summary>The directory of a zip archive in mapped memory, with the place of each stored file, which the platform's ZipArchive does not tell.</summary>
/// <remarks>
/// APPNOTE.TXT 6.3: end record (4.3.16), its 64-bit form (4.3.14, 4.3.15), central headers (4.3.12), local headers (4.3.7). Nothing is allocated by a length
/// that the archive claims before the bytes are known to be there.
/// </remarks>
internal sealed unsafe class ZipDirectory
{
    private const uint LocalSignature = 0x04034b50;
    private const int LocalHeaderBytes = 30;

    // DEFLATE cannot shrink further than this; a larger claim is a lie.
    private const long HighestDeflateRatio = 1032;

    private readonly string path;
    private readonly WeightMemory memory;
    private readonly Dictionary<string, ZipEntry> entries;

    private ZipDirectory(string path, WeightMemory memory, Dictionary<string, ZipEntry> entries)
    {
        this.path = path;
        this.memory = memory;
        this.entries = entries;
    }

    private MemoryRegion File => memory.Whole;

    public static ZipDirectory Read(string path, WeightMemory memory)
    {
        var entries = new Dictionary<string, ZipEntry>();
        foreach (var entry in ZipCentralDirectory.Read(memory.Whole))
        {
            if (!entries.TryAdd(entry.Name, entry))
            {
                throw new PickleException($"the zip archive lists {ReadableName.Of(entry.Name)} twice");
            }
        }

        return new ZipDirectory(path, memory, entries);
    }

    /// <summary>The entry of this name nearest to the root of the archive.</summary>
    public ZipEntry? Find(string name) => entries.Values
        .Where(entry => entry.Name == name || entry.Name.EndsWith($"/{name}", StringComparison.Ordinal))
        .MinBy(entry => entry.Name.Length);

    /// <summary>Checks that an entry is there with the right size; gives what finds its bytes, inflating them when first asked.</summary>
    public Func<MemoryRegion> Locate(string name, long length)
    {
        var entry = entries.TryGetValue(name, out var found) ? found : throw new PickleException($"the zip archive lacks {ReadableName.Of(name)}");
        if (entry.Length != length)
        {
            throw new PickleException($"{ReadableName.Of(name)} has {entry.Length} bytes where the checkpoint's tensors want {length}");
        }

        var content = Content(entry);
        if (entry.IsStored)
        {
            return () => content;
        }

        var inflated = new Lazy<MemoryRegion>(() => InflateNamed(entry, content));
        return () => inflated.Value;
    }

    /// <summary>The bytes of a small entry.</summary>
    public MemoryRegion Load(ZipEntry entry, long most)
    {
        if (entry.Length > most)
        {
            throw new PickleException($"{ReadableName.Of(entry.Name)} has {entry.Length} bytes, more than the {most} that are accepted");
        }

        return entry.IsStored ? Content(entry) : Inflate(entry, Content(entry));
    }

    private MemoryRegion Content(ZipEntry entry)
    {
        var header = Part(entry.HeaderOffset, LocalHeaderBytes, entry.Name);
        var nameLength = header.UInt16(26);
        var name = Part(entry.HeaderOffset + LocalHeaderBytes, nameLength, entry.Name);
        if (header.UInt32(0) != LocalSignature || Encoding.UTF8.GetString(name.Head(nameLength)) != entry.Name)
        {
            throw new PickleException($"the zip archive's directory does not lead to {ReadableName.Of(entry.Name)}");
        }

        return Part(entry.HeaderOffset + LocalHeaderBytes + nameLength + header.UInt16(28), entry.CompressedLength, entry.Name);
    }

    private MemoryRegion Part(long offset, long length, string name)
        => offset >= 0 && length >= 0 && offset <= File.Length && length <= File.Length - offset
            ? File.Slice(offset, length)
            : throw new PickleException($"{ReadableName.Of(name)} lies outside of the file (is it cut off?)");

    private MemoryRegion InflateNamed(ZipEntry entry, MemoryRegion content)
    {
        try
        {
            return Inflate(entry, content);
        }
        catch (PickleException refusal)
        {
            throw new InvalidWeightsException(path, refusal.Message);
        }
    }

    private MemoryRegion Inflate(ZipEntry entry, MemoryRegion content)
    {
        if (entry.Length > content.Length * HighestDeflateRatio)
        {
            throw new PickleException($"{ReadableName.Of(entry.Name)} claims {entry.Length} bytes, more than its {content.Length} compressed bytes can hold");
        }

        var inflated = memory.Allocate(entry.Length);
        using var destination = new UnmanagedMemoryStream(inflated.Start, 0, inflated.Length, FileAccess.Write);
        try
        {
            using var source = new DeflateStream(new UnmanagedMemoryStream(content.Start, content.Length), CompressionMode.Decompress);
            source.CopyTo(destination);
        }
        catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or IOException)
        {
            throw new PickleException($"{ReadableName.Of(entry.Name)} is damaged ({fault.Message.TrimEnd('.')})");
        }

        return destination.Position == entry.Length ? inflated : throw new PickleException($"{ReadableName.Of(entry.Name)} claims {entry.Length} bytes but holds {destination.Position}");
    }
}
