using System.Runtime.InteropServices;
using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="QuantizedPatches"/>: [B,C,H,W] to bytes [B,H',W',k*k*C] and scales [B,2].</summary>
internal sealed unsafe class QuantizedPatchesKernel(nint kernelInfo) : IKernel
{
    private readonly int _kernel = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "kernel\0"u8);
    private readonly int _stride = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "stride\0"u8);
    private readonly int _padding = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "padding\0"u8);
    private readonly int _dilation = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "dilation\0"u8);

    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var images = (int)sizes[0];
        var shape = new BytePatchesShape((int)sizes[1], (int)sizes[2], (int)sizes[3], _kernel, _stride, _padding, _dilation);
        var x = OrtFunctions.GetInput(context, 0);
        var patches = OrtFunctions.GetOutput<byte>(context, 0, [images, shape.Rows, shape.Columns, shape.PatchBytes]);
        var scales = Scales(context, x, images, shape);
        if (shape.IsPointwise)
        {
            Fill(context, x, scales, patches, shape);
            return;
        }

        var mapBytes = (long)shape.PaddedHeight * shape.PaddedWidth * shape.PixelBytes;
        var map = (byte*)NativeMemory.AlignedAlloc((nuint)(images * mapBytes), 64);
        try
        {
            Fill(context, x, scales, map, shape);
            RuntimeThreads.Run(context, images * shape.Rows, task => QuantizedPatches.Patches(
                map + (task / shape.Rows * mapBytes), task % shape.Rows, shape, patches + ((long)task * shape.Columns * shape.PatchBytes)));
        }
        finally
        {
            NativeMemory.AlignedFree(map);
        }
    }

    private static ByteScale[] Scales(nint context, float* x, int images, BytePatchesShape shape)
    {
        var plane = shape.Height * shape.Width;
        var ranges = new (float Least, float Greatest)[images * shape.Channels];
        RuntimeThreads.Run(context, ranges.Length, task => ranges[task] = QuantizedPatches.Range(x + ((long)task * plane), plane));
        var told = OrtFunctions.GetOutput(context, 1, [images, 2]);
        var scales = new ByteScale[images];
        for (var image = 0; image < images; image++)
        {
            var own = ranges.AsSpan(image * shape.Channels, shape.Channels);
            var (least, greatest) = (0f, 0f);
            foreach (var range in own)
            {
                (least, greatest) = (MathF.Min(least, range.Least), MathF.Max(greatest, range.Greatest));
            }

            scales[image] = ByteScale.Of(least, greatest);
            (told[2 * image], told[(2 * image) + 1]) = (scales[image].Step, scales[image].Zero);
        }

        return scales;
    }

    // Every row of every padded map; those above and below the image are zero.
    private static void Fill(nint context, float* x, ByteScale[] scales, byte* map, BytePatchesShape shape)
    {
        var line = (long)shape.PaddedWidth * shape.PixelBytes;
        RuntimeThreads.Run(context, scales.Length * shape.PaddedHeight, task =>
        {
            var (image, row) = Math.DivRem(task, shape.PaddedHeight);
            var bytes = map + (task * line);
            row -= shape.Padding;
            if (shape.Padding > 0)
            {
                new Span<byte>(bytes, checked((int)line)).Fill((byte)scales[image].Zero);
            }

            if (row >= 0 && row < shape.Height)
            {
                var pixels = x + ((((long)image * shape.Channels * shape.Height) + row) * shape.Width);
                QuantizedPatches.Bytes(pixels, scales[image], shape, bytes + ((long)shape.Padding * shape.PixelBytes));
            }
        });
    }
}
