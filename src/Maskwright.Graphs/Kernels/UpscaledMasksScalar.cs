namespace Maskwright.Graphs.Kernels;

/// <summary>The specification of SAM's up-scaler for prompts that add something of low rank to an image, in plain loops.</summary>
/// <remarks>
/// For every cell: x = (image * upscaled + rows shares + constant) * divisor + bias for the four positions of the first layer; of each position's channels, which come without their
/// mean, normalisation and GELU; the four positions of the second layer, GELU; the product with each mask's filter. Kirillov et al. 2023.
/// </remarks>
internal static unsafe class UpscaledMasksScalar
{
    /// <summary>Computes everything.</summary>
    /// <param name="shape">Sizes; validated here.</param>
    /// <param name="buffers">Inputs and output.</param>
    public static void Run(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers)
    {
        shape.Validate();
        var (first, second) = (new double[shape.Narrow], new double[shape.Last]);
        for (var prompt = 0; prompt < shape.Prompts; prompt++)
        {
            for (var cell = 0; cell < shape.Cells; cell++)
            {
                for (var outer = 0; outer < UpscaledMasksShape.Window; outer++)
                {
                    First(shape, buffers, prompt, cell, outer, first);
                    Normalise(shape, buffers, first);
                    for (var inner = 0; inner < UpscaledMasksShape.Window; inner++)
                    {
                        Second(shape, buffers, first, inner, second);
                        Filter(shape, buffers, prompt, second, shape.PixelOf(cell, outer, inner));
                    }
                }
            }
        }
    }

    private static void First(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers, int prompt, int cell, int position, double[] x)
    {
        var at = (prompt * shape.Cells) + cell;
        for (var c = 0; c < shape.Narrow; c++)
        {
            var channel = (position * shape.Narrow) + c;
            double sum = buffers.Image[at] * buffers.Upscaled[(channel * shape.Cells) + cell];
            for (var row = 0; row < shape.Rows; row++)
            {
                sum += (double)buffers.Rows[(((prompt * shape.Wide) + channel) * shape.Rows) + row] * buffers.Shares[(((prompt * shape.Rows) + row) * shape.Cells) + cell];
            }

            x[c] = ((sum + buffers.Constant[channel]) * buffers.Divisor[at]) + buffers.Bias[channel];
        }
    }

    private static void Normalise(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers, double[] x)
    {
        var spread = Math.Sqrt((x.Sum(v => v * v) / x.Length) + shape.Epsilon);
        for (var c = 0; c < x.Length; c++)
        {
            x[c] = Gelu.Scalar((x[c] / spread * buffers.NormWeight[c]) + buffers.NormBias[c]);
        }
    }

    private static void Second(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers, double[] x, int position, double[] y)
    {
        for (var channel = 0; channel < shape.Last; channel++)
        {
            double sum = buffers.SecondBias[channel];
            for (var c = 0; c < shape.Narrow; c++)
            {
                sum += x[c] * buffers.Second[(((position * shape.Last) + channel) * shape.Narrow) + c];
            }

            y[channel] = Gelu.Scalar(sum);
        }
    }

    private static void Filter(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers, int prompt, double[] y, int pixel)
    {
        for (var mask = 0; mask < shape.Masks; mask++)
        {
            var map = (prompt * shape.Masks) + mask;
            var sum = 0.0;
            for (var c = 0; c < shape.Last; c++)
            {
                sum += y[c] * buffers.Filters[(map * shape.Last) + c];
            }

            buffers.Masks[((long)map * 16 * shape.Cells) + pixel] = (float)sum;
        }
    }
}
