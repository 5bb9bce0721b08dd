namespace Maskwright.Graphs.Kernels;

/// <summary>What undoes the rounding of a layer's weights to 8 bits: weight w of output o is <c>w * Steps[o]</c>.</summary>
/// <param name="steps">Distance between neighbouring weights, for each output.</param>
/// <param name="totals">Sum of an output's weights, as they stand after rounding: what a byte of zero adds.</param>
/// <param name="bias">Of each output.</param>
internal readonly unsafe struct ByteConstants(float* steps, float* totals, float* bias)
{
    public readonly float* Steps = steps;
    public readonly float* Totals = totals;
    public readonly float* Bias = bias;
}
