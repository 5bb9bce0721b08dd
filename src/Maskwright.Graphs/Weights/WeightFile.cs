using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Maskwright.Graphs.Weights.Pickle;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights;

/// <summary>The tensors of a checkpoint by key, in the checkpoint's order: a read-only map over a memory-mapped file.</summary>
/// <remarks>
/// Opening reads the directory only; tensor bytes are paged in when used. The file must not be shortened while it is open. Dispose when no engine uses
/// an address of it any more; there is no finalizer.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "It is a file first, and a dictionary by the way.")]
public sealed class WeightFile : IReadOnlyDictionary<string, WeightTensor>, IDisposable
{
    private readonly WeightMemory memory;
    private readonly OrderedDictionary<string, WeightTensor> tensors;

    internal WeightFile(string path, WeightFormat format, WeightMemory memory, OrderedDictionary<string, WeightTensor> tensors)
    {
        Path = path;
        Format = format;
        this.memory = memory;
        this.tensors = tensors;
    }

    /// <summary>The file, or another name by which the user knows the weights.</summary>
    public string Path { get; }

    /// <summary>What the content turned out to be.</summary>
    public WeightFormat Format { get; }

    /// <summary>The text entries of a safetensors header; empty for other formats.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>();

    /// <summary>What a PyTorch checkpoint holds beside its tensors (epoch, optimizer, ...), by key; not read further.</summary>
    public IReadOnlyList<string> OtherEntries { get; internal init; } = [];

    /// <summary>The number of tensors.</summary>
    public int Count => tensors.Count;

    /// <summary>The keys in the checkpoint's order.</summary>
    public IEnumerable<string> Keys => tensors.Keys;

    /// <summary>The tensors in the checkpoint's order.</summary>
    public IEnumerable<WeightTensor> Values => tensors.Values;

    /// <summary>The tensor of a key.</summary>
    /// <param name="key">The checkpoint's key.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public WeightTensor this[string key]
        => tensors.TryGetValue(key, out var tensor) ? tensor : throw new KeyNotFoundException($"{Path}: there is no tensor {key}.");

    /// <summary>Opens a checkpoint; what it is, is told from its content and not from its name. The caller disposes it.</summary>
    /// <param name="path">A safetensors file or a PyTorch checkpoint (.pth, .pt).</param>
    /// <exception cref="InvalidWeightsException">The file is none of these, is damaged, or asks for more than tensors.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    /// <remarks>
    /// <para>A PyTorch checkpoint is a pickle, and a pickle is a program. Here it is interpreted as data: nothing is ever executed, and every name it asks for must be on a short list - OrderedDict,
    /// the functions that describe tensors and parameters, storage and element types, torch.Size, torch.device, sets and numpy scalars (whose values are not
    /// read). Any other name, called or not, refuses the file and is told in the error.</para>
    /// <para>The tensors are those of the outermost dict, or of the dict under its key <c>model</c>, <c>state_dict</c> or <c>model_state_dict</c> (the first of
    /// these that holds a dict). The prefixes <c>module.</c> (DataParallel) and <c>_orig_mod.</c> (torch.compile) are removed while every key carries them.
    /// Entries that are no tensors are listed in <see cref="OtherEntries"/>.</para>
    /// <para>Sizes: a pickle may have 64 MiB and 2 million instructions; a name 1024 letters; a view may not exceed its storage (or 65536 elements where it repeats them).</para>
    /// </remarks>
    public static WeightFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(path, WeightMemory.Map(path));
    }

    /// <summary>Reads a checkpoint that is in memory already, an embedded resource for instance; it is copied. The caller disposes the result.</summary>
    /// <param name="content">A safetensors file or a PyTorch checkpoint.</param>
    /// <param name="name">How errors call these weights.</param>
    /// <exception cref="InvalidWeightsException">The content is none of these, is damaged, or asks for more than tensors.</exception>
    public static WeightFile FromBytes(ReadOnlySpan<byte> content, string name) => Read(name, WeightMemory.Copy(name, content));

    /// <summary>Copies float32 arrays into native memory, one at a time as they are enumerated. The caller disposes the result.</summary>
    /// <param name="arrays">Keys, shapes and row-major values.</param>
    /// <param name="name">How errors call these weights.</param>
    /// <exception cref="ArgumentException">A shape does not match its values, or a key comes twice.</exception>
    public static unsafe WeightFile FromArrays(IEnumerable<(string Name, IReadOnlyList<long> Shape, float[] Values)> arrays, string name = "weights in memory")
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var memory = WeightMemory.WithoutFile();
        var tensors = new OrderedDictionary<string, WeightTensor>();
        try
        {
            foreach (var (key, shape, values) in arrays)
            {
                var region = memory.Allocate((long)values.Length * sizeof(float));
                values.CopyTo(new Span<float>(region.Start, values.Length));
                tensors.Add(key, CheckedCount(new WeightTensor(key, ElementType.Float32, [.. shape], memory, () => region), values.Length));
            }
        }
        catch
        {
            memory.Dispose();
            throw;
        }

        return new WeightFile(name, WeightFormat.Memory, memory, tensors);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => tensors.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out WeightTensor value) => tensors.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, WeightTensor>> GetEnumerator() => tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Unmaps the file and frees all tensors; their addresses become invalid.</summary>
    public void Dispose() => memory.Dispose();

    private static WeightFile Read(string path, WeightMemory memory)
    {
        try
        {
            return WeightSignature.Recognise(path, memory.Whole) switch
            {
                WeightFormat.Safetensors => SafetensorsReader.Read(path, memory),
                WeightFormat.TorchZip => TorchCheckpoint.ReadZip(path, memory),
                _ => TorchCheckpoint.ReadLegacy(path, memory),
            };
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static WeightTensor CheckedCount(WeightTensor tensor, int values) => tensor.ElementCount == values
        ? tensor
        : throw new ArgumentException($"{tensor} has {tensor.ElementCount} elements by its shape but {values} values.");
}
