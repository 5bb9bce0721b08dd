using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Sam;

public class OnnxSamTests
{
    [Fact]
    public void Segment_anything_s_layout_answers_as_the_graphs_do()
    {
        using var folder = new TemporaryFolder();
        var files = CustomaryOnnx.SegmentAnything(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny), folder.Path);
        Prompt[] prompts = [Prompt.Point(20, 10), Prompt.InBox(5, 5, 50, 40).AndPoint(30, 20, isPositive: false), new Prompt { Points = [new(9, 9)], MaskHint = Hint() }];

        AssertSameAnswers(files, prompts, multimask: true);
        AssertSameAnswers(files, prompts, multimask: false);
    }

    [Fact]
    public void Transformers_layout_answers_points_as_the_graphs_do()
    {
        using var folder = new TemporaryFolder();
        var files = CustomaryOnnx.Transformers(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny), folder.Path);

        AssertSameAnswers(files, [Prompt.Point(20, 10), Prompt.Point(60, 44, isPositive: false)], multimask: true);
    }

    [Fact]
    public void Transformers_layout_gives_the_best_of_its_masks_for_one()
    {
        using var folder = new TemporaryFolder();
        using var segmenter = SamSegmenter.Open(CustomaryOnnx.Transformers(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny), folder.Path));
        using var embedding = segmenter.Encode(Image());

        var several = segmenter.Predict(embedding, [Prompt.Point(20, 10)], new PredictionOptions());
        var one = segmenter.Predict(embedding, [Prompt.Point(20, 10)], new PredictionOptions { Multimask = false });

        Assert.Equal(1, one.MasksPerPrompt);
        Assert.Equal(Enumerable.Range(0, 3).Max(m => several.Quality(0, m)), one.Quality(0, 0));
    }

    [Fact]
    public void An_export_without_boxes_says_so()
    {
        using var folder = new TemporaryFolder();
        using var segmenter = SamSegmenter.Open(CustomaryOnnx.Transformers(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny), folder.Path));
        using var embedding = segmenter.Encode(Image());

        var fault = Assert.Throws<NotSupportedException>(() => segmenter.Predict(embedding, [Prompt.InBox(1, 1, 9, 9)], new PredictionOptions()));

        Assert.Contains("takes points only", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_two_files_are_found_in_a_hub_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("onnx"));
        foreach (var name in new[] { "vision_encoder_quantized", "vision_encoder", "vision_encoder_fp16", "prompt_encoder_mask_decoder_fp16", "prompt_encoder_mask_decoder" })
        {
            File.WriteAllText(folder.File("onnx", $"{name}.onnx"), string.Empty);
        }

        var files = OnnxSamFiles.Find(folder.Path);

        Assert.Equal(new OnnxSamFiles(folder.File("onnx", "vision_encoder.onnx"), folder.File("onnx", "prompt_encoder_mask_decoder.onnx")), files);
    }

    [Fact]
    public void A_decoder_of_neither_layout_is_refused_by_its_inputs()
    {
        using var folder = new TemporaryFolder();
        var files = CustomaryOnnx.SegmentAnything(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny), folder.Path);

        var fault = Assert.Throws<InvalidWeightsException>(() => SamSegmenter.Open(files with { Decoder = files.Encoder }));

        Assert.Contains("its inputs (image)", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertSameAnswers(OnnxSamFiles files, Prompt[] prompts, bool multimask)
    {
        using var expected = SamSegmenter.Create(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny));
        using var actual = SamSegmenter.Open(files);
        using var a = expected.Encode(Image());
        using var b = actual.Encode(Image());
        var (wanted, given) = (expected.Predict(a, prompts, new PredictionOptions { Multimask = multimask }), actual.Predict(b, prompts, new PredictionOptions { Multimask = multimask }));

        Assert.Equal(wanted.MasksPerPrompt, given.MasksPerPrompt);
        for (var p = 0; p < prompts.Length; p++)
        {
            for (var m = 0; m < wanted.MasksPerPrompt; m++)
            {
                Assert.Equal(wanted.Quality(p, m), given.Quality(p, m), 1e-4);
                Assert.All(wanted.Logits(p, m).Values.ToArray().Zip(given.Logits(p, m).Values.ToArray()), v => Assert.Equal(v.First, v.Second, 1e-3));
            }
        }
    }

    private static MaskLogits Hint() =>
        new(SyntheticTensor.Input("input:hint", 64, 64), 64, 64, new FrameTransform(new(80, 50), 256).Logits);

    private static RgbImage Image() => new(80, 50, [.. Enumerable.Range(0, 80 * 50 * 3).Select(i => (byte)(i * 37 % 251))]);
}
