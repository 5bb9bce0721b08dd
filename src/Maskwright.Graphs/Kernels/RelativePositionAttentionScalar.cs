namespace Maskwright.Graphs.Kernels;

/// <summary>The specification of attention with decomposed relative position, in plain loops.</summary>
/// <remarks>
/// Kirillov et al. 2023, after Li et al. 2022 (MViTv2): the logit of query (qy,qx) and key (ky,kx) is
/// <c>scale * q.k + q.TableHeight[qy-ky+H-1] + q.TableWidth[qx-kx+W-1]</c>; the query is not scaled in the two last terms.
/// Windows cover the map from its top left corner; where they overhang it, a padded token has the projection's bias as q, k and v and takes part.
/// </remarks>
internal static unsafe class RelativePositionAttentionScalar
{
    /// <summary>Computes all heads of all maps.</summary>
    /// <param name="shape">Sizes; validated here.</param>
    /// <param name="buffers">Inputs and output.</param>
    public static void Run(in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers)
    {
        shape.Validate();
        for (var image = 0; image < shape.Batch; image++)
        {
            for (var y = 0; y < shape.Height; y++)
            {
                for (var x = 0; x < shape.Width; x++)
                {
                    for (var head = 0; head < shape.Heads; head++)
                    {
                        Query(shape, buffers, image, y, x, head);
                    }
                }
            }
        }
    }

    private static void Query(in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers, int image, int y, int x, int head)
    {
        var (top, left) = (y - (y % shape.KeyHeight), x - (x % shape.KeyWidth));
        var q = Token(shape, buffers, image, y, x, 0, head);
        var weights = new float[shape.Keys];
        for (var key = 0; key < weights.Length; key++)
        {
            var (ky, kx) = (key / shape.KeyWidth, key % shape.KeyWidth);
            var k = Token(shape, buffers, image, top + ky, left + kx, 1, head);
            weights[key] = (shape.Scale * Dot(q, k, shape.HeadWidth))
                + Position(q, buffers.TableHeight, y - top - ky + shape.KeyHeight - 1, shape.HeadWidth)
                + Position(q, buffers.TableWidth, x - left - kx + shape.KeyWidth - 1, shape.HeadWidth);
        }

        Softmax(weights);
        var output = buffers.Output + (((((long)image * shape.Height) + y) * shape.Width) + x) * shape.OutputWidth + (head * shape.HeadWidth);
        for (var c = 0; c < shape.HeadWidth; c++)
        {
            var sum = 0f;
            for (var key = 0; key < weights.Length; key++)
            {
                var v = Token(shape, buffers, image, top + (key / shape.KeyWidth), left + (key % shape.KeyWidth), 2, head);
                sum += weights[key] * (v is null ? 0 : v[c]);
            }

            output[c] = sum;
        }
    }

    /// <summary>The channels of a head of a token: q (0), k (1) or v (2); null stands for zeros.</summary>
    private static float* Token(
        in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers, int image, int y, int x, int part, int head)
    {
        var channel = (part * shape.OutputWidth) + (head * shape.HeadWidth);
        if (y >= shape.Height || x >= shape.Width)
        {
            return buffers.QkvBias is null ? null : buffers.QkvBias + channel;
        }

        return buffers.Qkv + (((((long)image * shape.Height) + y) * shape.Width) + x) * shape.TokenWidth + channel;
    }

    private static float Position(float* q, float* table, int row, int width) => table is null ? 0 : Dot(q, table + ((long)row * width), width);

    private static float Dot(float* a, float* b, int width)
    {
        var sum = 0f;
        for (var c = 0; c < width && b is not null; c++)
        {
            sum += a[c] * b[c];
        }

        return sum;
    }

    private static void Softmax(float[] logits)
    {
        var largest = logits.Max();
        var sum = 0f;
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = MathF.Exp(logits[i] - largest);
            sum += logits[i];
        }

        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] /= sum;
        }
    }
}
