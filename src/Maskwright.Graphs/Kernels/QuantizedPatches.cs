using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>The windows of a convolution as rows of bytes, for a product with 8-bit weights.</summary>
/// <remarks>
/// Three steps, each over all images before the next: the range of every plane; a row of the map as bytes, channels innermost; a row of windows. Wants AVX-512 F
/// and DQ, or AVX2 with FMA, or any 128-bit vectors; pixels in the lanes.
/// </remarks>
internal static unsafe class QuantizedPatches
{
    /// <summary>The least and the greatest number of a plane, and 0.</summary>
    /// <param name="plane">The numbers.</param>
    /// <param name="count">How many.</param>
    public static (float Least, float Greatest) Range(float* plane, int count)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            return ByteLanes.Range<FloatLanes512, Vector512<float>>(plane, count);
        }

        return Vector256.IsHardwareAccelerated
            ? ByteLanes.Range<FloatLanes256, Vector256<float>>(plane, count)
            : ByteLanes.Range<FloatLanes128, Vector128<float>>(plane, count);
    }

    /// <summary>A row of the map as bytes: the specification.</summary>
    /// <param name="x">The row in the first plane of [C,H,W].</param>
    /// <param name="scale">Of the image.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="bytes">[W,PixelBytes].</param>
    public static void BytesScalar(float* x, ByteScale scale, BytePatchesShape shape, byte* bytes)
    {
        long plane = shape.Height * shape.Width;
        for (var column = 0; column < shape.Width; column++, bytes += shape.PixelBytes)
        {
            for (var c = 0; c < shape.PixelBytes; c++)
            {
                bytes[c] = c < shape.Channels ? scale.ByteOf(x[(c * plane) + column]) : (byte)scale.Zero;
            }
        }
    }

    /// <summary>A row of the map as bytes: the vector form.</summary>
    /// <inheritdoc cref="BytesScalar"/>
    public static void Bytes(float* x, ByteScale scale, BytePatchesShape shape, byte* bytes)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            Bytes<FloatLanes512, Vector512<float>>(x, scale, shape, bytes);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Bytes<FloatLanes256, Vector256<float>>(x, scale, shape, bytes);
        }
        else
        {
            Bytes<FloatLanes128, Vector128<float>>(x, scale, shape, bytes);
        }
    }

    /// <summary>A row of the map as bytes, with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <inheritdoc cref="BytesScalar"/>
    [MethodImpl(KernelMethod.Loop)]
    public static void Bytes<TLanes, TVector>(float* x, ByteScale scale, BytePatchesShape shape, byte* bytes)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        if (shape.Width < TLanes.Count)
        {
            BytesScalar(x, scale, shape, bytes);
            return;
        }

        var quads = shape.PixelBytes / 4;
        var (factor, offset) = (TLanes.Broadcast(scale.Factor), TLanes.Broadcast(scale.Offset));
        var scratch = new KernelScratch(quads * TLanes.Count, 1);
        var lanes = scratch.Take(quads * TLanes.Count); // [quad, lane], each 4 bytes, moved as if it were a float
        var rows = stackalloc float*[TLanes.Count];
        for (var next = 0; next < shape.Width; next += TLanes.Count)
        {
            var column = Math.Min(next, shape.Width - TLanes.Count); // the last vector overlaps the one before it
            for (var quad = 0; quad < quads; quad++)
            {
                var c = quad * 4;
                var pixels = x + column;
                TLanes.StoreInterleaved(
                    Channel<TLanes, TVector>(pixels, c, shape, factor, offset), Channel<TLanes, TVector>(pixels, c + 1, shape, factor, offset),
                    Channel<TLanes, TVector>(pixels, c + 2, shape, factor, offset), Channel<TLanes, TVector>(pixels, c + 3, shape, factor, offset), (byte*)(lanes + (quad * TLanes.Count)));
            }

            for (var lane = 0; lane < TLanes.Count; lane++)
            {
                rows[lane] = (float*)(bytes + ((long)(column + lane) * shape.PixelBytes));
            }

            LaneTransposition.FromLanes(lanes, TLanes.Count, rows, quads, TLanes.Count);
        }

        scratch.Dispose();
    }

    [MethodImpl(KernelMethod.Step)]
    private static TVector Channel<TLanes, TVector>(float* pixels, int c, BytePatchesShape shape, TVector factor, TVector offset)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged =>
        ByteLanes.Scaled<TLanes, TVector>(c < shape.Channels ? TLanes.Load(pixels + ((long)c * shape.Height * shape.Width)) : TLanes.Broadcast(0), factor, offset);

    /// <summary>A row of windows.</summary>
    /// <param name="map">[PaddedHeight,PaddedWidth,PixelBytes].</param>
    /// <param name="row">Which row of windows.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="patches">[Columns,PatchBytes].</param>
    public static void Patches(byte* map, int row, BytePatchesShape shape, byte* patches)
    {
        var (pixel, line) = (shape.PixelBytes, shape.PaddedWidth * shape.PixelBytes);
        var (runs, run) = shape.Dilation == 1 ? (1, shape.Kernel * pixel) : (shape.Kernel, pixel); // taps side by side are one piece
        for (var column = 0; column < shape.Columns; column++)
        {
            var corner = map + ((long)row * shape.Stride * line) + ((long)column * shape.Stride * pixel);
            for (var y = 0; y < shape.Kernel; y++)
            {
                for (var x = 0; x < runs; x++, patches += run)
                {
                    Unsafe.CopyBlockUnaligned(patches, corner + ((long)y * shape.Dilation * line) + ((long)x * shape.Dilation * pixel), (uint)run);
                }
            }
        }
    }
}
