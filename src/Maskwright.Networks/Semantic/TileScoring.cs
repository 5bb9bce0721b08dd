using Maskwright.Geometry;
using Maskwright.Graphs;

namespace Maskwright.Networks.Semantic;

/// <summary>The class probabilities of one part of an image, averaged over flips and scales.</summary>
internal sealed class TileScoring(SemanticNetworkConfig config, IGraphRunner runner, ViewOptions options)
{
    /// <summary>Scores a part.</summary>
    /// <param name="samples">[3,h+2m,w+2m], normalised: the part and the m pixels around it that the network needs to see.</param>
    /// <param name="size">h and w.</param>
    /// <param name="cancellationToken">Ends the work soon.</param>
    /// <returns>[K,h,w]; each pixel's numbers have the same sum.</returns>
    public float[] Score(float[] samples, ImageSize size, CancellationToken cancellationToken)
    {
        var sum = new float[config.ClassCount * size.PixelCount];
        foreach (var scale in options.Scales)
        {
            var scaled = new ImageSize(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
            var view = scaled == size ? samples : BilinearPlane.Resize(Inner(samples, size), 3, size, scaled);
            view = scaled == size ? view : MirrorBorder.Around(view, scaled, WithMargin(scaled), config.ContextPixels);
            Add(sum, BilinearPlane.Resize(Probabilities(view, scaled, cancellationToken), config.ClassCount, scaled, size));
            if (options.Flips)
            {
                var mirrored = Mirrored(Probabilities(Mirrored(view, WithMargin(scaled).Width), scaled, cancellationToken), scaled.Width);
                Add(sum, BilinearPlane.Resize(mirrored, config.ClassCount, scaled, size));
            }
        }

        return sum;
    }

    private float[] Probabilities(float[] samples, ImageSize size, CancellationToken cancellationToken)
    {
        var (rows, columns) = (config.OutputSideFor(size.Height), config.OutputSideFor(size.Width));
        var (height, width) = (rows + (2 * config.ContextPixels), columns + (2 * config.ContextPixels));
        var input = MirrorBorder.Around(samples, WithMargin(size), new ImageSize(width, height), margin: 0);
        var logits = runner.Run(new Dictionary<string, Tensor> { ["image"] = Tensor.Of(input, 1, 3, height, width) }, ["logits"], cancellationToken)["logits"];
        return Softmax(logits, size);
    }

    private ImageSize WithMargin(ImageSize size) => new(size.Width + (2 * config.ContextPixels), size.Height + (2 * config.ContextPixels));

    private float[] Inner(float[] samples, ImageSize size)
    {
        if (config.ContextPixels == 0)
        {
            return samples;
        }

        var (outer, inner) = (WithMargin(size), new float[3 * size.PixelCount]);
        for (var row = 0; row < 3 * size.Height; row++)
        {
            var (plane, y) = (row / size.Height, (row % size.Height) + config.ContextPixels);
            samples.AsSpan((((plane * outer.Height) + y) * outer.Width) + config.ContextPixels, size.Width).CopyTo(inner.AsSpan(row * size.Width));
        }

        return inner;
    }

    private float[] Softmax(Tensor logits, ImageSize size)
    {
        var (classes, width, plane, kept) = (config.ClassCount, (int)logits.Shape[3], (int)(logits.Shape[2] * logits.Shape[3]), (int)size.PixelCount);
        var probabilities = new float[classes * kept];
        Parallel.For(0, size.Height, y =>
        {
            for (var x = 0; x < size.Width; x++)
            {
                Softmax(logits.Floats.AsSpan((y * width) + x), plane, classes, probabilities.AsSpan((y * size.Width) + x), kept);
            }
        });
        return probabilities;
    }

    private static void Softmax(ReadOnlySpan<float> logits, int plane, int classes, Span<float> result, int kept)
    {
        var (greatest, sum) = (float.NegativeInfinity, 0f);
        for (var k = 0; k < classes; k++)
        {
            greatest = Math.Max(greatest, logits[k * plane]);
        }

        for (var k = 0; k < classes; k++)
        {
            sum += result[k * kept] = MathF.Exp(logits[k * plane] - greatest);
        }

        for (var k = 0; k < classes; k++)
        {
            result[k * kept] /= sum;
        }
    }

    private static float[] Mirrored(float[] planes, int width)
    {
        var mirrored = (float[])planes.Clone();
        for (var row = 0; row < mirrored.Length; row += width)
        {
            mirrored.AsSpan(row, width).Reverse();
        }

        return mirrored;
    }

    private static void Add(float[] sum, float[] summand)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += summand[i];
        }
    }
}
