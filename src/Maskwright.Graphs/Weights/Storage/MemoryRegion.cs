using System.Buffers.Binary;

namespace Maskwright.Graphs.Weights.Storage;

/// <summary>A stretch of native memory with a 64-bit length; every access is checked against it.</summary>
internal readonly unsafe struct MemoryRegion(byte* start, long length)
{
    public byte* Start { get; } = start;

    public long Length { get; } = length;

    public MemoryRegion Slice(long offset, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - offset);
        return new MemoryRegion(Start + offset, count);
    }

    public MemoryRegion From(long offset) => Slice(offset, Length - offset);

    public ReadOnlySpan<byte> Span(long offset, int count) => new(Slice(offset, count).Start, count);

    public ReadOnlySpan<byte> Head(int most) => Span(0, (int)Math.Min(most, Length));

    public ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Span(offset, 2));

    public uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Span(offset, 4));

    public ulong UInt64(long offset) => BinaryPrimitives.ReadUInt64LittleEndian(Span(offset, 8));
}
