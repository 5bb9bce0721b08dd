using System.Numerics;
using System.Runtime.CompilerServices;

namespace Maskwright.Graphs.Weights.Storage;

/// <summary>Elements of any type as float32.</summary>
internal static unsafe class FloatConversion
{
    public static void Widen(byte* source, ElementType type, Span<float> destination)
    {
        switch (type)
        {
            case ElementType.Float32:
                new ReadOnlySpan<float>(source, destination.Length).CopyTo(destination);
                break;
            case ElementType.BFloat16:
                WidenBFloat16(new ReadOnlySpan<ushort>(source, destination.Length), destination);
                break;
            case ElementType.Bool:
                WidenBool(new ReadOnlySpan<byte>(source, destination.Length), destination);
                break;
            case ElementType.Float16:
                Convert(new ReadOnlySpan<Half>(source, destination.Length), destination);
                break;
            case ElementType.Float64:
                Convert(new ReadOnlySpan<double>(source, destination.Length), destination);
                break;
            default:
                WidenInteger(source, type, destination);
                break;
        }
    }

    private static void WidenInteger(byte* source, ElementType type, Span<float> destination)
    {
        var count = destination.Length;
        switch (type)
        {
            case ElementType.Int8: Convert(new ReadOnlySpan<sbyte>(source, count), destination); break;
            case ElementType.UInt8: Convert(new ReadOnlySpan<byte>(source, count), destination); break;
            case ElementType.Int16: Convert(new ReadOnlySpan<short>(source, count), destination); break;
            case ElementType.UInt16: Convert(new ReadOnlySpan<ushort>(source, count), destination); break;
            case ElementType.Int32: Convert(new ReadOnlySpan<int>(source, count), destination); break;
            case ElementType.UInt32: Convert(new ReadOnlySpan<uint>(source, count), destination); break;
            case ElementType.Int64: Convert(new ReadOnlySpan<long>(source, count), destination); break;
            case ElementType.UInt64: Convert(new ReadOnlySpan<ulong>(source, count), destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type.");
        }
    }

    private static void WidenBFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        }
    }

    private static void WidenBool(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = source[i] == 0 ? 0 : 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convert<T>(ReadOnlySpan<T> source, Span<float> destination)
        where T : INumberBase<T>
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = float.CreateTruncating(source[i]);
        }
    }
}
