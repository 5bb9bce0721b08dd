using Maskwright.Graphs.Kernels;
using Maskwright.Testing;

namespace Maskwright.Graphs.Tests.Kernels;

/// <summary>One attention on synthetic tensors: <c>h x w, heads x width, window</c>.</summary>
internal sealed unsafe class AttentionCase(RelativePositionAttentionShape shape, bool positions = true, bool bias = true, float spread = 1)
{
    private readonly float[] _qkv = Synthetic("qkv", (int)shape.InputLength, spread);
    private readonly float[]? _bias = bias ? Synthetic("bias", shape.TokenWidth, 1) : null;
    private readonly float[]? _tableHeight = positions ? Synthetic("table_h", shape.TableHeightLength, 1) : null;
    private readonly float[]? _tableWidth = positions ? Synthetic("table_w", shape.TableWidthLength, 1) : null;

    public delegate void Kernel(in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers);

    public float[] Run(Kernel kernel)
    {
        var output = new float[shape.OutputLength];
        Array.Fill(output, float.NaN);
        fixed (float* q = _qkv, b = _bias, h = _tableHeight, w = _tableWidth, o = output)
        {
            kernel(shape, new RelativePositionAttentionBuffers { Qkv = q, QkvBias = b, TableHeight = h, TableWidth = w, Output = o });
        }

        return output;
    }

    private static float[] Synthetic(string name, int length, float spread) => Array.ConvertAll(SyntheticTensor.Input(name, length), v => v * spread);
}
