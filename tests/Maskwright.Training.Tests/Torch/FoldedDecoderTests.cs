using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Maskwright.Training.Torch;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

/// <summary>SAM's folded decoder holds composite operations: kernels of this house under ONNX Runtime, their parts under Torch.</summary>
[Trait("Kind", "parity")]
public class FoldedDecoderTests
{
    private static readonly SamConfig s_config = new()
    {
        Name = "tiny",
        Encoder = VitEncoderConfig.Uniform(48, 4, 4, 192, 1, 3) with { ImageSize = 256, WindowSize = 5 },
        PromptDim = 32,
        DecoderMlpWidth = 64,
        QualityHeadWidth = 32,
    };

    [Fact]
    public void Both_engines_give_the_same_masks()
    {
        using var weights = WeightFile.FromArrays(
            SamGraphs.Parameters(s_config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
        var image = new RgbImage(96, 64, [.. Enumerable.Range(0, 96 * 64 * 3).Select(i => (byte)(i * 7 % 251))]);

        var (kernels, torch) = (Answer(image, weights, null), Answer(image, weights, new TorchEngine()));

        for (var mask = 0; mask < kernels.MasksPerPrompt; mask++)
        {
            Assert.Equal(kernels.Quality(0, mask), torch.Quality(0, mask), 1e-4);
            Assert.All(kernels.Logits(0, mask).Values.ToArray().Zip(torch.Logits(0, mask).Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    private static MaskPredictions Answer(RgbImage image, IReadOnlyDictionary<string, WeightTensor> weights, IGraphEngine? engine)
    {
        using var segmenter = SamSegmenter.Create(s_config, weights, engine);
        using var embedding = segmenter.Encode(image);
        return segmenter.Predict(embedding, [Prompt.Point(40, 30)], new PredictionOptions());
    }
}
