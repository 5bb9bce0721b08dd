using System.Buffers.Binary;
using System.Text;

namespace Maskwright.Bench.Fuzzing;

/// <summary>Damages input: bits, bytes, lengths, pieces of other inputs; text also by its numbers, words and brackets.</summary>
internal sealed class Mutation(Random random, IReadOnlyList<byte[]> others)
{
    private const int LargestResult = 1 << 21;
    private static readonly long[] _numbers = [0, 1, -1, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 33, long.MaxValue, long.MinValue];

    /// <summary>Damages mostly in one place, sometimes in two or four; one input in sixteen stays sound.</summary>
    public byte[] Damage(byte[] sound)
    {
        var bytes = sound;
        for (var count = random.Next(16) switch { 0 => 0, < 11 => 1, < 14 => 2, _ => 4 }; count > 0 && bytes.Length > 0; count--)
        {
            bytes = IsText(bytes) && random.Next(5) > 0 ? DamageText(bytes) : DamageBytes(bytes);
        }

        return bytes.Length > LargestResult ? bytes[..LargestResult] : bytes;
    }

    private static bool IsText(byte[] bytes) => bytes.AsSpan(0, Math.Min(512, bytes.Length)).IndexOfAnyExceptInRange((byte)9, (byte)126) < 0;

    private byte[] DamageText(byte[] bytes) => Encoding.Latin1.GetBytes(new TextMutation(random).Damage(Encoding.Latin1.GetString(bytes)));

    private byte[] DamageBytes(byte[] bytes)
    {
        var (at, length) = (random.Next(bytes.Length), random.Next(1, 1 + Math.Min(bytes.Length, 1 << random.Next(12))));
        var end = Math.Min(bytes.Length, at + length);
        return random.Next(12) switch
        {
            0 or 7 or 8 => Changed(bytes, copy => copy[at] ^= (byte)(1 << random.Next(8))),
            1 or 9 => Changed(bytes, copy => copy[at] = (byte)random.Next(256)),
            2 => Changed(bytes, copy => random.NextBytes(copy.AsSpan(at..end))),
            3 => bytes[..at],
            4 => [.. bytes[..at], .. bytes[end..]],
            5 => [.. bytes[..end], .. bytes[at..]],
            6 => Splice(bytes, at),
            _ => Changed(bytes, copy => WriteNumber(copy.AsSpan(at))),
        };
    }

    private static byte[] Changed(byte[] bytes, Action<byte[]> change)
    {
        var copy = (byte[])bytes.Clone();
        change(copy);
        return copy;
    }

    private byte[] Splice(byte[] bytes, int at)
    {
        var other = others[random.Next(others.Count)];
        return other.Length == 0 ? bytes : [.. bytes[..at], .. other[random.Next(other.Length)..]];
    }

    private void WriteNumber(Span<byte> place)
    {
        var (number, isBig) = (_numbers[random.Next(_numbers.Length)], random.Next(2) == 0);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, number);
        var width = Math.Min(place.Length, 1 << random.Next(4));
        var bytes = eight[..width];
        if (isBig)
        {
            bytes.Reverse();
        }

        bytes.CopyTo(place);
    }
}
