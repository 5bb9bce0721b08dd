using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Networks.Sam;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Sam;

[Trait("Kind", "parity")]
public class SamParityTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("sam_tiny", "keys_original.json", "tiny")]
    [InlineData("sam_vitb", "keys_vitb.json", "sam-vit-base")]
    [InlineData("sam_vitb", "keys_vitb_slim50.json", "slimsam-50")]
    [InlineData("sam_vitb", "keys_vitb_slim77.json", "slimsam-77")]
    [InlineData("mobile_sam", "keys_vit_t.json", "mobile-sam")]
    public void Has_the_reference_s_parameters(string group, string keys, string name)
    {
        var expected = SyntheticSam.Keys(group, keys).ToDictionary(k => k.Name, k => k.Shape);

        var actual = SamGraphs.Parameters(Config(name)).ToDictionary(p => p.Name, p => p.Shape.ToSizes());

        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key]));
    }

    [Theory]
    [InlineData("encoder_synthetic", true)]
    [InlineData("encoder_synthetic", false)]
    [InlineData("encoder_truck_small_png", true)]
    public void Tiny_encoder_equals_the_reference_stage_by_stage(string name, bool kernels)
    {
        var golden = GoldenCase.Open("sam_tiny", name);
        var image = name == "encoder_synthetic" ? Tensor.Of(SyntheticTensor.Input("input:tiny_sam", 1, 3, 256, 256), 1, 3, 256, 256) : TruckSmall().Tensor;

        var stages = Encode(SyntheticSam.Tiny, image, kernels);

        foreach (var output in golden.ArrayNames)
        {
            golden.Output(output).AssertClose(stages[output == "neck" ? "image_embeddings" : output].Floats, Tolerance);
        }
    }

    [Theory]
    [InlineData("sam_vitb", "vitb_slim77_synthetic", "slimsam-77", true)]
    [InlineData("sam_vitb", "vitb_slim77_synthetic", "slimsam-77", false)]
    [InlineData("sam_vitb", "vitb_slim77_photo", "slimsam-77", true)]
    [InlineData("sam_vitb", "vitb_slim50_synthetic", "slimsam-50", true)]
    [InlineData("sam_vitb", "vitb_slim50_photo", "slimsam-50", true)]
    [InlineData("sam_vitb", "vitb_synthetic", "sam-vit-base", true)]
    [InlineData("sam_vitb", "vitb_photo", "sam-vit-base", true)]
    [InlineData("mobile_sam", "vit_t_synthetic", "mobile-sam", true)]
    [InlineData("mobile_sam", "vit_t_photo", "mobile-sam", true)]
    public void Full_size_network_equals_the_reference_stage_by_stage(string group, string name, string network, bool kernels)
    {
        var golden = GoldenCase.Open(group, name);
        var image = golden.Inputs.TryGetProperty("x", out _)
            ? Tensor.Of(SyntheticTensor.Input("input:sam1024", 1, 3, 1024, 1024), 1, 3, 1024, 1024)
            : Photo(golden);

        var stages = Encode(Config(network), image, kernels);

        foreach (var output in golden.ArrayNames.Where(o => stages.ContainsKey(o) || o == "image_embedding"))
        {
            golden.Output(output).AssertClose(stages[output == "image_embedding" ? "image_embeddings" : output].Floats, Tolerance);
        }

        foreach (var prompt in new[] { "point", "box_points" }.Where(p => golden.Inputs.TryGetProperty(p, out _)))
        {
            var (coordinates, labels) = Prompt(golden.Inputs.GetProperty(prompt));
            foreach (var multimask in new[] { true, false })
            {
                var mode = group == "mobile_sam" ? string.Empty : multimask ? "multi_" : "single_";
                var results = Decode(Config(network), stages["image_embeddings"], coordinates, labels, null, multimask);
                if (golden.Has($"{prompt}_{mode}low_res"))
                {
                    golden.Output($"{prompt}_{mode}low_res").AssertClose(results["masks"].Floats, Tolerance);
                    golden.Output($"{prompt}_{mode}iou").AssertClose(results["iou_predictions"].Floats, Tolerance);
                }

                if (coordinates![0].Length == 2 && golden.Has($"{prompt}_{mode}low_res"))
                {
                    var folded = DecodeFolded(Config(network), stages["image_embeddings"], coordinates, labels!, multimask);
                    golden.Output($"{prompt}_{mode}low_res").AssertClose(folded["masks"].Floats, Tolerance);
                    golden.Output($"{prompt}_{mode}iou").AssertClose(folded["iou_predictions"].Floats, Tolerance);
                }

                if (mode.Length == 0)
                {
                    break;
                }
            }
        }
    }

    [Theory]
    [InlineData("prompt_point_fg")]
    [InlineData("prompt_point_bg")]
    [InlineData("prompt_multi_point")]
    [InlineData("prompt_padded_point")]
    [InlineData("prompt_box")]
    [InlineData("prompt_box_points")]
    [InlineData("prompt_mask")]
    [InlineData("prompt_point_mask")]
    [InlineData("prompt_none")]
    [InlineData("prompt_batch3_points")]
    [InlineData("prompt_batch2_boxes")]
    public void Tiny_decoder_equals_the_reference(string name)
    {
        var golden = GoldenCase.Open("sam_tiny", name);
        var embedding = Encode(SyntheticSam.Tiny, TruckSmall().Tensor, kernels: true)["image_embeddings"];
        var prompt = golden.Inputs.GetProperty("prompt");
        var (coordinates, labels) = Prompt(prompt);
        var mask = prompt.TryGetProperty("mask", out _) ? SyntheticTensor.Input("input:mask_prompt", 1, 1, 64, 64).Select(v => 4 * v).ToArray() : null;

        var multi = Decode(SyntheticSam.Tiny, embedding, coordinates, labels, mask, multimask: true);
        var single = Decode(SyntheticSam.Tiny, embedding, coordinates, labels, mask, multimask: false);

        if (coordinates is not null)
        {
            golden.Output("sparse").AssertClose(multi["sparse"].Floats, Tolerance);
        }

        golden.Output("low_res_multi").AssertClose(multi["masks"].Floats, Tolerance);
        golden.Output("iou_multi").AssertClose(multi["iou_predictions"].Floats, Tolerance);
        golden.Output("low_res_single").AssertClose(single["masks"].Floats, Tolerance);
        golden.Output("iou_single").AssertClose(single["iou_predictions"].Floats, Tolerance);
    }

    [Theory]
    [InlineData("prompt_point_fg")]
    [InlineData("prompt_point_bg")]
    [InlineData("prompt_box")]
    [InlineData("prompt_batch3_points")]
    [InlineData("prompt_batch2_boxes")]
    public void Tiny_folded_decoder_equals_the_reference(string name)
    {
        var golden = GoldenCase.Open("sam_tiny", name);
        var embedding = Encode(SyntheticSam.Tiny, TruckSmall().Tensor, kernels: true)["image_embeddings"];
        var (coordinates, labels) = Prompt(golden.Inputs.GetProperty("prompt"));

        var multi = DecodeFolded(SyntheticSam.Tiny, embedding, coordinates!, labels!, multimask: true);
        var single = DecodeFolded(SyntheticSam.Tiny, embedding, coordinates!, labels!, multimask: false);

        golden.Output("low_res_multi").AssertClose(multi["masks"].Floats, Tolerance);
        golden.Output("iou_multi").AssertClose(multi["iou_predictions"].Floats, Tolerance);
        golden.Output("low_res_single").AssertClose(single["masks"].Floats, Tolerance);
        golden.Output("iou_single").AssertClose(single["iou_predictions"].Floats, Tolerance);
    }

    [Fact]
    public void Tiny_decoder_equals_the_reference_stage_by_stage()
    {
        var golden = GoldenCase.Open("sam_tiny", "decoder_internals");
        var (coordinates, labels) = Prompt(GoldenCase.Open("sam_tiny", "prompt_point_fg").Inputs.GetProperty("prompt"));
        var embedding = Encode(SyntheticSam.Tiny, TruckSmall().Tensor, kernels: true)["image_embeddings"];

        var multi = Decode(SyntheticSam.Tiny, embedding, coordinates, labels, null, multimask: true);
        var single = Decode(SyntheticSam.Tiny, embedding, coordinates, labels, null, multimask: false);

        foreach (var output in golden.ArrayNames)
        {
            var name = output switch { "low_res" => "masks", "iou" => "iou_predictions", _ => output };
            golden.Output(output).AssertClose((multi.TryGetValue(name, out var tensor) ? tensor : single[name]).Floats, Tolerance);
        }
    }

    [Fact]
    public void Decoder_keeps_the_original_epsilon()
    {
        var golden = GoldenCase.Open("sam_tiny", "decoder_eps_variant");
        var embedding = Encode(SyntheticSam.Tiny, Tensor.Of(SyntheticTensor.Input("input:tiny_sam", 1, 3, 256, 256), 1, 3, 256, 256), kernels: true)["image_embeddings"];
        var (coordinates, labels) = Prompt(golden.Inputs.GetProperty("prompt"));

        var results = Decode(SyntheticSam.Tiny, embedding, coordinates, labels, null, multimask: true);

        golden.Output("low_res_original").AssertClose(results["masks"].Floats, Tolerance);
        golden.Output("iou_original").AssertClose(results["iou_predictions"].Floats, Tolerance);
    }

    [Fact]
    public void Position_encoding_equals_the_reference()
    {
        var golden = GoldenCase.Open("sam_tiny", "dense_pe").Output("dense_pe"); // [1,C,h,w]
        var weights = SyntheticSam.Weights(SyntheticSam.Tiny);
        using var runner = new OnnxRuntimeEngine().Load(SamGraphs.Positions(SyntheticSam.Tiny), weights);

        var positions = runner.Run(new Dictionary<string, Tensor>())["image_positions"].Floats; // [1,h*w,C]

        var (channels, cells) = (golden.Shape[1], golden.Shape[2] * golden.Shape[3]);
        golden.AssertClose([.. Enumerable.Range(0, channels * cells).Select(i => positions[(i % cells * channels) + (i / cells)])], 1e-5);
    }

    private static SamConfig Config(string name) => name == "tiny" ? SyntheticSam.Tiny : SamConfig.Presets.Single(p => p.Name == name);

    private static (FrameTransform Transform, Tensor Tensor) TruckSmall()
    {
        var image = ImageReader.Read(Goldens.Open("images", "truck_small.png"));
        var transform = new FrameTransform(image.Size, 256);
        return (transform, transform.Prepare(image));
    }

    // The photo as the reference resized it, so that JPEG decoders cannot differ.
    private static Tensor Photo(GoldenCase golden)
    {
        var resized = ImageReader.Read(Goldens.Open("sam_vitb", "resized1024.png"));
        return new FrameTransform(new(1800, 1200), 1024).Normalise(resized);
    }

    private static IReadOnlyDictionary<string, Tensor> Encode(SamConfig config, Tensor image, bool kernels)
    {
        var weights = SyntheticSam.Weights(config);
        using var runner = new OnnxRuntimeEngine(new OnnxRuntimeOptions { UseKernels = kernels }).Load(SamGraphs.Encoder(config, withStages: true), weights);
        return runner.Run(new Dictionary<string, Tensor> { ["image"] = image });
    }

    private static IReadOnlyDictionary<string, Tensor> Decode(SamConfig config, Tensor embedding, float[][][]? points, float[][]? labels, float[]? mask, bool multimask)
    {
        var weights = SyntheticSam.Weights(config);
        var engine = new OnnxRuntimeEngine();
        using var positions = engine.Load(SamGraphs.Positions(config), weights);
        using var decoder = engine.Load(SamGraphs.Decoder(config, new SamDecoderForm(points is not null, mask is not null, multimask), withStages: true), weights);
        var inputs = new Dictionary<string, Tensor> { ["image_embeddings"] = embedding, ["image_positions"] = positions.Run(new Dictionary<string, Tensor>())["image_positions"] };
        if (points is not null)
        {
            inputs["point_coords"] = Tensor.Of([.. points.SelectMany(p => p).SelectMany(p => p)], points.Length, points[0].Length, 2);
            inputs["point_labels"] = Tensor.Of([.. labels!.SelectMany(l => l)], points.Length, points[0].Length);
        }

        if (mask is not null)
        {
            inputs["mask_input"] = Tensor.Of(mask, 1, 1, 4 * config.Encoder.GridSize, 4 * config.Encoder.GridSize);
        }

        return decoder.Run(inputs);
    }

    private static IReadOnlyDictionary<string, Tensor> DecodeFolded(SamConfig config, Tensor embedding, float[][][] points, float[][] labels, bool multimask)
    {
        var weights = SyntheticSam.Weights(config);
        var engine = new OnnxRuntimeEngine();
        using var positions = engine.Load(SamGraphs.Positions(config), weights);
        using var side = engine.Load(SamGraphs.ImageSide(config), weights);
        using var decoder = engine.Load(SamGraphs.FoldedDecoder(config, multimask), weights);
        var inputs = side.Run(new Dictionary<string, Tensor> { ["image_embeddings"] = embedding, ["image_positions"] = positions.Run(new Dictionary<string, Tensor>())["image_positions"] }).ToDictionary();
        inputs["point_coords"] = Tensor.Of([.. points.SelectMany(p => p).SelectMany(p => p)], points.Length, 2, 2);
        inputs["point_labels"] = Tensor.Of([.. labels.SelectMany(l => l)], points.Length, 2);
        return decoder.Run(inputs);
    }

    // Points, a padding point where there is no box, box corners: [P,N,2] and [P,N]; null for no sparse prompt.
    private static (float[][][]? Coordinates, float[][]? Labels) Prompt(JsonElement prompt)
    {
        var points = prompt.TryGetProperty("points", out var p) && p.ValueKind == JsonValueKind.Array ? p.Deserialize<float[][][]>() : null;
        var labels = points is null ? null : prompt.GetProperty("labels").Deserialize<float[][]>();
        var boxes = prompt.TryGetProperty("boxes", out var b) && b.ValueKind == JsonValueKind.Array ? b.Deserialize<float[][]>() : null;
        if (points is null && boxes is null)
        {
            return (null, null);
        }

        var count = points?.Length ?? boxes!.Length;
        float[][] Corners(int i) => boxes is null ? [[0, 0]] : [[boxes[i][0], boxes[i][1]], [boxes[i][2], boxes[i][3]]];
        float[] CornerLabels() => boxes is null ? [-1] : [2, 3];
        return (
            [.. Enumerable.Range(0, count).Select(i => (float[][])[.. points?[i] ?? [], .. Corners(i)])],
            [.. Enumerable.Range(0, count).Select(i => (float[])[.. labels?[i] ?? [], .. CornerLabels()])]);
    }
}
