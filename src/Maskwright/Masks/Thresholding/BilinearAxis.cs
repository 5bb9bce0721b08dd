using System.Runtime.Intrinsics;

namespace Maskwright.Masks;

/// <summary>Where each output position of one axis reads from, and with which weights, when resizing with half-pixel centres.</summary>
/// <remarks>
/// Position d reads <c>s = (d + 1/2) * in/out - 1/2</c>, not below 0, between the cells floor(s) and the next, the last cell standing in beyond the edge.
/// The ratio in/out and the weights are float32, what lies between is float64: the arithmetic of PyTorch's <c>upsample_bilinear2d</c> with
/// <c>align_corners=False</c>, bit for bit as torch 1.13 does it. The arrays go on beyond the last position, as rows do.
/// </remarks>
internal sealed class BilinearAxis
{
    private BilinearAxis(int inputSize, int outputSize)
    {
        InputSize = inputSize;
        OutputSize = outputSize;
        var padded = BilinearKernel.RowLength(outputSize);
        First = new int[padded];
        Offsets = new int[padded];
        FirstWeight = new float[padded];
        SecondWeight = new float[padded];
    }

    /// <summary>The widest vectors of this machine, in float32 lanes; 1 where there are none that the kernels use.</summary>
    public static int MachineLanes { get; } =
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    public int InputSize { get; }

    public int OutputSize { get; }

    /// <summary>Whether output and input positions are the same.</summary>
    public bool IsIdentity { get; private init; }

    /// <summary>The cell before each position.</summary>
    public int[] First { get; }

    public float[] FirstWeight { get; }

    public float[] SecondWeight { get; }

    /// <summary>How many lanes the kernel's vectors have: 16, 8, 4, or 1 for the scalar form.</summary>
    public int Lanes { get; private set; }

    /// <summary>How many neighbouring positions read from one vector of <see cref="Lanes"/> cells: all lanes when enlarging, half of them when shrinking a little.</summary>
    public int Block { get; private set; }

    /// <summary>The cell of each position, counted from the cell of the first position of its block.</summary>
    public int[] Offsets { get; }

    /// <summary>Plans one axis.</summary>
    /// <param name="inputSize">Cells that are read from.</param>
    /// <param name="outputSize">Positions that the whole axis has.</param>
    /// <param name="used">How many of the positions are needed, from the first.</param>
    /// <param name="lanes">16, 8, 4 or 1: the vectors to plan for.</param>
    public static BilinearAxis Plan(int inputSize, int outputSize, int used, int lanes)
    {
        var axis = new BilinearAxis(inputSize, used) { IsIdentity = inputSize == outputSize };
        var scale = (float)inputSize / outputSize;
        for (var d = 0; d < used; d++)
        {
            var source = axis.IsIdentity ? d : Math.Max(0, (scale * (d + 0.5)) - 0.5);
            axis.First[d] = Math.Min((int)source, inputSize - 1);
            axis.SecondWeight[d] = (float)Math.Clamp(source - axis.First[d], 0, 1);
            axis.FirstWeight[d] = 1f - axis.SecondWeight[d];
        }

        (axis.Lanes, axis.Block) = axis.Fits(lanes, lanes) ? (lanes, lanes) : axis.Fits(lanes, lanes / 2) ? (lanes, lanes / 2) : (1, 1);
        for (var d = 0; d < used; d++)
        {
            axis.Offsets[d] = axis.First[d] - axis.First[d - (d % axis.Block)];
        }

        return axis;
    }

    /// <summary>The cell after each position; the last stands in for the one beyond it.</summary>
    /// <param name="position">0 to OutputSize-1.</param>
    public int Second(int position) => Math.Min(First[position] + 1, InputSize - 1);

    private bool Fits(int lanes, int block)
    {
        for (var d = 0; block > 1 && d < OutputSize; d += block)
        {
            if (First[Math.Min(d + block, OutputSize) - 1] - First[d] >= lanes)
            {
                return false;
            }
        }

        return block >= 1;
    }
}
