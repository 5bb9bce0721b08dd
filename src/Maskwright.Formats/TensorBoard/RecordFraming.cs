using System.Buffers.Binary;
using System.Numerics;

namespace Maskwright.Formats.TensorBoard;

/// <summary>Puts a record into the frame of a TFRecord file: its length, the length's check sum, the record, the record's check sum.</summary>
/// <remarks>TensorFlow, core/lib/io/record_writer.h. Check sums are CRC-32C (Castagnoli), turned by 15 bits and shifted by a constant, little-endian.</remarks>
internal static class RecordFraming
{
    private const uint MaskDelta = 0xa282ead8;
    private const int Turn = 15;

    /// <summary>Writes one record.</summary>
    public static void Write(Stream target, ReadOnlySpan<byte> record)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ulong)..], Masked(head[..sizeof(ulong)]));
        Span<byte> foot = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(foot, Masked(record));
        target.Write(head);
        target.Write(record);
        target.Write(foot);
    }

    internal static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C(bytes), Turn) + MaskDelta;

    internal static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
