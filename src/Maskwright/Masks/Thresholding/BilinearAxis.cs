namespace Maskwright.Masks;

/// <summary>Where each output position of one axis reads from, and with which weights, when resizing with half-pixel centres.</summary>
/// <remarks>
/// Position d reads <c>s = (d + 1/2) * in/out - 1/2</c>, not below 0, between the cells floor(s) and the next, the last cell standing in beyond the edge.
/// All in float32, the product and the difference in one rounding, as PyTorch's <c>upsample_bilinear2d</c> with <c>align_corners=False</c>.
/// </remarks>
internal sealed class BilinearAxis
{
    private BilinearAxis(int inputSize, int outputSize)
    {
        InputSize = inputSize;
        OutputSize = outputSize;
        First = new int[outputSize];
        Second = new int[outputSize];
        FirstWeight = new float[outputSize];
        SecondWeight = new float[outputSize];
    }

    public int InputSize { get; }

    public int OutputSize { get; }

    /// <summary>Whether output and input positions are the same.</summary>
    public bool IsIdentity { get; private init; }

    public int[] First { get; }

    public int[] Second { get; }

    public float[] FirstWeight { get; }

    public float[] SecondWeight { get; }

    /// <summary>Plans one axis.</summary>
    /// <param name="inputSize">Cells that are read from.</param>
    /// <param name="outputSize">Positions that the whole axis has.</param>
    /// <param name="used">How many of the positions are needed, from the first.</param>
    public static BilinearAxis Plan(int inputSize, int outputSize, int used)
    {
        var identity = inputSize == outputSize;
        var axis = new BilinearAxis(inputSize, used) { IsIdentity = identity };
        var scale = (float)inputSize / outputSize;
        for (var d = 0; d < used; d++)
        {
            var source = identity ? d : Math.Max(0f, MathF.FusedMultiplyAdd(scale, d + 0.5f, -0.5f));
            var first = Math.Min((int)source, inputSize - 1);
            var weight = Math.Clamp(source - first, 0f, 1f);
            axis.First[d] = first;
            axis.Second[d] = Math.Min(first + 1, inputSize - 1);
            axis.FirstWeight[d] = 1f - weight;
            axis.SecondWeight[d] = weight;
        }

        return axis;
    }
}
