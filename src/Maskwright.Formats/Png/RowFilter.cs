using System.Numerics;
using System.Runtime.InteropServices;

namespace Maskwright.Formats.Png;

/// <summary>PNG's filter type 2: each byte less the byte above it, modulo 256.</summary>
internal static class RowFilter
{
    /// <summary>Filters one row; <paramref name="filtered"/> is as long as the row.</summary>
    public static void Up(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        var done = row.Length - (row.Length % Vector<byte>.Count);
        var rows = MemoryMarshal.Cast<byte, Vector<byte>>(row[..done]);
        var aboves = MemoryMarshal.Cast<byte, Vector<byte>>(above[..done]);
        var result = MemoryMarshal.Cast<byte, Vector<byte>>(filtered[..done]);
        for (var i = 0; i < rows.Length; i++)
        {
            result[i] = rows[i] - aboves[i];
        }

        for (var i = done; i < row.Length; i++)
        {
            filtered[i] = (byte)(row[i] - above[i]);
        }
    }
}
