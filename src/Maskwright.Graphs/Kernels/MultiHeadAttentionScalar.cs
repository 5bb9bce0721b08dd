namespace Maskwright.Graphs.Kernels;

/// <summary>The specification of attention of several heads, in plain loops: <c>softmax(scale * q.k + bias) v</c>.</summary>
/// <remarks>Vaswani et al. 2017.</remarks>
internal static unsafe class MultiHeadAttentionScalar
{
    /// <summary>Computes everything.</summary>
    /// <param name="shape">Sizes; validated here.</param>
    /// <param name="buffers">Inputs and output.</param>
    public static void Run(in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers)
    {
        shape.Validate();
        var weights = new float[shape.Keys];
        for (var batch = 0; batch < shape.Batch; batch++)
        {
            for (var head = 0; head < shape.Heads; head++)
            {
                for (var query = 0; query < shape.Queries; query++)
                {
                    Softmax(shape, buffers, batch, head, query, weights);
                    Sum(shape, buffers, batch, head, query, weights);
                }
            }
        }
    }

    private static void Softmax(
        in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers, int batch, int head, int query, float[] weights)
    {
        var q = buffers.Query.At(batch, head, query);
        for (var key = 0; key < shape.Keys; key++)
        {
            var k = buffers.Key.At(batch, head, key);
            var product = 0f;
            for (var c = 0; c < shape.HeadWidth; c++)
            {
                product += q[c] * k[c];
            }

            weights[key] = (shape.Scale * product)
                + (buffers.Bias is null ? 0 : buffers.Bias[((((long)head * shape.Keys) + key) * shape.Queries) + query]);
        }

        var largest = weights.Max();
        var sum = 0f;
        for (var key = 0; key < shape.Keys; key++)
        {
            weights[key] = MathF.Exp(weights[key] - largest);
            sum += weights[key];
        }

        for (var key = 0; key < shape.Keys; key++)
        {
            weights[key] /= sum;
        }
    }

    private static void Sum(in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers, int batch, int head, int query, float[] weights)
    {
        var output = buffers.Output.At(batch, head, query);
        for (var c = 0; c < shape.HeadWidth; c++)
        {
            var sum = 0f;
            for (var key = 0; key < shape.Keys; key++)
            {
                sum += weights[key] * buffers.Value.At(batch, head, key)[c];
            }

            output[c] = sum;
        }
    }
}
