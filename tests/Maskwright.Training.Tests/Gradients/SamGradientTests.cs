using System.Text.Json;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Sam;
using Maskwright.Testing;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Gradients;

/// <summary>Gradients through a whole small SAM, from both heads to every parameter and the image, equal PyTorch's.</summary>
[Trait("Kind", "parity")]
public class SamGradientTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("sam_tiny_point")]
    [InlineData("sam_tiny_batch2_boxes")]
    [InlineData("sam_tiny_box_points_mask")]
    public void Equal_the_reference_s(string name)
    {
        var golden = GoldenCase.Open("gradients", name);
        using var scope = torch.NewDisposeScope();
        using var sam = new TinySam(golden.Inputs.GetProperty("prompt"));
        var image = TorchArrays.Synthetic("input:tiny_sam", 1, 3, 256, 256).requires_grad_();

        var (masks, quality) = sam.Forward(image); // [P,4,64,64], [P,4]
        var loss = (masks * Weighting(golden, "m", masks)).mean() + (quality * Weighting(golden, "i", quality)).mean();
        loss.backward();

        golden.Output("low_res").AssertClose(masks.Floats());
        golden.Output("iou").AssertClose(quality.Floats());
        Assert.Equal(golden.Outputs.GetProperty("loss").GetDouble(), loss.item<float>(), 1e-6);
        golden.Output("input_gradient").AssertClose(image.grad!.Floats(), Tolerance); // backward has set it
        Assert.All(ParameterGradient.All(golden.Outputs), gradient => gradient.AssertClose(sam.Weights.Parameters[gradient.Name].grad, Tolerance));
    }

    private static torch.Tensor Weighting(GoldenCase golden, string part, torch.Tensor like) =>
        TorchArrays.Synthetic(golden.Inputs.GetProperty($"W{part}").GetProperty("synthetic").GetString()!, like.shape); // the golden names its input

    /// <summary>Encoder, position encoding and both forms of the decoder, over one set of weights.</summary>
    private sealed class TinySam : IDisposable
    {
        private static readonly SamConfig Config = new()
        {
            Name = "tiny",
            Encoder = VitEncoderConfig.Uniform(48, 4, 4, 192, 1, 3) with { ImageSize = 256, WindowSize = 5 },
            PromptDim = 32,
            DecoderMlpWidth = 64,
            QualityHeadWidth = 32,
        };

        private readonly TorchGraph _encoder, _positions, _single, _multi;
        private readonly Dictionary<string, torch.Tensor> _prompt = [];

        public TinySam(JsonElement prompt)
        {
            var hasHint = prompt.TryGetProperty("mask_input", out var hint) && hint.ValueKind == JsonValueKind.String;
            Graph Decoder(bool multimask) => SamGraphs.Decoder(Config, new SamDecoderForm(TakesPoints: true, hasHint, multimask));
            Graph[] graphs = [SamGraphs.Encoder(Config), SamGraphs.Positions(Config), Decoder(false), Decoder(true)];
            var parameters = SamGraphs.Parameters(Config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes())));
            using var weights = WeightFile.FromArrays(parameters);
            Weights = new TorchWeights(weights, [.. graphs, SamGraphs.Decoder(Config, new SamDecoderForm(true, true, true)), SamGraphs.Decoder(Config, new SamDecoderForm(true, false, true))]);
            (_encoder, _positions, _single, _multi) = (new(graphs[0], Weights), new(graphs[1], Weights), new(graphs[2], Weights), new(graphs[3], Weights));
            ReadPoints(prompt);
            if (hasHint)
            {
                _prompt["mask_input"] = 4 * TorchArrays.Synthetic("input:mask_prompt", 1, 1, 64, 64);
            }
        }

        public TorchWeights Weights { get; }

        public (torch.Tensor Masks, torch.Tensor Quality) Forward(torch.Tensor image)
        {
            var inputs = new Dictionary<string, torch.Tensor>(_prompt)
            {
                ["image_embeddings"] = _encoder.Forward(new Dictionary<string, torch.Tensor> { ["image"] = image }, TorchMode.Train)["image_embeddings"],
                ["image_positions"] = _positions.Forward(new Dictionary<string, torch.Tensor>(), TorchMode.Train)["image_positions"].detach(), // a buffer in the reference
            };
            var (single, multi) = (_single.Forward(inputs, TorchMode.Train), _multi.Forward(inputs, TorchMode.Train));
            return (torch.cat([single["masks"], multi["masks"]], 1), torch.cat([single["iou_predictions"], multi["iou_predictions"]], 1));
        }

        public void Dispose()
        {
            foreach (var graph in new[] { _encoder, _positions, _single, _multi })
            {
                graph.Dispose();
            }

            Weights.Dispose();
        }

        // Points, then the corners of the box; a padding point where there is no box.
        private void ReadPoints(JsonElement prompt)
        {
            var boxes = prompt.TryGetProperty("boxes", out var given) ? given.EnumerateArray().Select(Numbers).ToArray() : null;
            var hasPoints = prompt.TryGetProperty("points", out var points);
            var (coordinates, labels) = (new List<float>(), new List<float>());
            var count = hasPoints ? points.GetArrayLength() : boxes!.Length; // a prompt has points or boxes
            for (var p = 0; p < count; p++)
            {
                coordinates.AddRange(hasPoints ? points[p].EnumerateArray().SelectMany(Numbers) : []);
                labels.AddRange(hasPoints ? Numbers(prompt.GetProperty("labels")[p]) : []);
                coordinates.AddRange(boxes is null ? [0, 0] : boxes[p]);
                labels.AddRange(boxes is null ? [-1] : [2, 3]);
            }

            _prompt["point_coords"] = torch.tensor(coordinates.ToArray(), [count, labels.Count / count, 2]);
            _prompt["point_labels"] = torch.tensor(labels.ToArray(), [count, labels.Count / count]);
        }

        private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetSingle())];
    }
}
