using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Maskwright.Graphs.Weights.Storage;

/// <summary>The memory behind the tensors of one file: its mapping, and the blocks of tensors that had to be laid out anew.</summary>
/// <remarks>Without a finalizer on purpose: spans and addresses may outlive the last reference, and unmapping beneath them would crash.</remarks>
internal sealed unsafe class WeightMemory : IDisposable
{
    private const int BlockAlignment = 64;

    private readonly Lock gate = new();
    private readonly List<nint> blocks = [];
    private readonly MemoryMappedFile? mapping;
    private readonly MemoryMappedViewAccessor? view;
    private bool isDisposed;

    private WeightMemory(MemoryMappedFile? mapping, MemoryMappedViewAccessor? view, MemoryRegion whole)
    {
        this.mapping = mapping;
        this.view = view;
        Whole = whole;
    }

    /// <summary>The whole file; empty where there is none.</summary>
    public MemoryRegion Whole { get; }

    public static WeightMemory WithoutFile() => new(null, null, default);

    /// <summary>A copy of a file that is in managed memory.</summary>
    public static WeightMemory Copy(string name, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            throw new InvalidWeightsException(name, "the file is empty");
        }

        var block = NativeMemory.AlignedAlloc((nuint)content.Length, BlockAlignment);
        content.CopyTo(new Span<byte>(block, content.Length));
        var memory = new WeightMemory(null, null, new MemoryRegion((byte*)block, content.Length));
        memory.blocks.Add((nint)block);
        return memory;
    }

    public static WeightMemory Map(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (!stream.CanSeek)
        {
            throw new InvalidWeightsException(path, "this is no regular file, so it cannot be mapped");
        }

        if (stream.Length == 0)
        {
            throw new InvalidWeightsException(path, "the file is empty");
        }

        var mapping = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        var view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new WeightMemory(mapping, view, new MemoryRegion(start + view.PointerOffset, stream.Length));
    }

    /// <summary>A new block of uninitialised memory, aligned to 64 bytes, freed with this object.</summary>
    public MemoryRegion Allocate(long length)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            var block = NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1), BlockAlignment);
            blocks.Add((nint)block);
            return new MemoryRegion((byte*)block, length);
        }
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(isDisposed, typeof(WeightFile));

    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            blocks.ForEach(block => NativeMemory.AlignedFree((void*)block));
            view?.SafeMemoryMappedViewHandle.ReleasePointer();
            view?.Dispose();
            mapping?.Dispose();
        }
    }
}
