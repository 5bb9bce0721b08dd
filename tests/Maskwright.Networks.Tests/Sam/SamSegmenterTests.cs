using Maskwright.Formats.Images;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Sam;

[Trait("Kind", "parity")]
public class SamSegmenterTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("tiny_sam.pth")]
    [InlineData("tiny_sam.safetensors")]
    [InlineData("hf/model.safetensors")]
    public void Answers_prompts_on_a_photo_as_the_reference_does(string checkpoint)
    {
        var golden = GoldenCase.Open("sam_tiny", "predictor_truck_small_png");
        var image = ImageReader.Read(Goldens.Open("images", "truck_small.png"));
        using var segmenter = SamSegmenter.Load(Goldens.Open(["sam_tiny", .. checkpoint.Split('/')]));

        using var embedding = segmenter.Encode(image);
        var inputs = golden.Inputs;
        var click = Prompt.Point(X(inputs, "pt", 0), X(inputs, "pt", 1));
        var point = segmenter.Predict(embedding, [click], new PredictionOptions());
        var refined = segmenter.Predict(embedding, [click with { MaskHint = point.Logits(0, 2) }], new PredictionOptions { Multimask = false });
        var box = Box(inputs, "box");
        var boxed = segmenter.Predict(embedding, [box], new PredictionOptions());

        golden.Output("features").AssertClose(((SamEmbedding)embedding).Tensors["image_embeddings"].Floats, Tolerance);
        AssertPredictions(golden, "pt", point);
        AssertPredictions(golden, "refine", refined);
        AssertPredictions(golden, "box", boxed);
        AssertMasks(golden, "pt", point);
        AssertMasks(golden, "box", boxed);
    }

    [Fact]
    public void Answers_clicks_and_a_box_on_a_jpeg_as_the_reference_does()
    {
        var golden = GoldenCase.Open("sam_tiny", "predictor_truck_jpg");
        var image = ImageReader.Read(Goldens.Open("images", "truck.jpg"));
        using var segmenter = SamSegmenter.Load(Goldens.Open("sam_tiny", "tiny_sam.safetensors"));

        using var embedding = segmenter.Encode(image);
        var both = Box(golden.Inputs, "both").AndPoint(540, 360).AndPoint(1440, 120, isPositive: false);
        var point = segmenter.Predict(embedding, [Prompt.Point(720, 660)], new PredictionOptions());
        var single = segmenter.Predict(embedding, [both], new PredictionOptions { Multimask = false });

        AssertPredictions(golden, "pt", point);
        AssertPredictions(golden, "both", single);
        AssertMaskCounts(golden, "both", single);
    }

    [Fact]
    public void Several_objects_at_once_get_the_answers_they_get_alone()
    {
        var image = Checker(90, 60);
        using var segmenter = SamSegmenter.Create(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny));
        using var embedding = segmenter.Encode(image);
        Prompt[] prompts = [Prompt.Point(10, 20), Prompt.InBox(5, 5, 40, 50), Prompt.Point(70, 30).AndPoint(20, 20, isPositive: false), Prompt.Point(80, 50)];

        var together = segmenter.Predict(embedding, prompts, new PredictionOptions());

        for (var p = 0; p < prompts.Length; p++)
        {
            var alone = segmenter.Predict(embedding, [prompts[p]], new PredictionOptions());
            for (var m = 0; m < 3; m++)
            {
                Assert.Equal(alone.Quality(0, m), together.Quality(p, m), 1e-4);
                Assert.All(alone.Logits(0, m).Values.ToArray().Zip(together.Logits(p, m).Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
            }
        }
    }

    [Fact]
    public void An_embedding_that_was_written_and_read_gives_the_same_masks()
    {
        using var segmenter = SamSegmenter.Create(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny));
        using var embedding = segmenter.Encode(Checker(50, 70));
        using var file = new MemoryStream();

        segmenter.WriteEmbedding(embedding, file);
        file.Position = 0;
        using var read = segmenter.ReadEmbedding(file);

        var (before, after) = (segmenter.Predict(embedding, [Prompt.Point(9, 9)], new()), segmenter.Predict(read, [Prompt.Point(9, 9)], new()));
        Assert.Equal(before.Logits(0, 0).Values.ToArray(), after.Logits(0, 0).Values.ToArray());
        file.SetLength(file.Length - 5);
        file.Position = 0;
        Assert.Throws<InvalidDataException>(() => segmenter.ReadEmbedding(file));
    }

    [Theory]
    [InlineData(double.NaN, 3)]
    [InlineData(-1, 3)]
    [InlineData(3, 61)]
    public void A_click_that_is_not_on_the_image_is_refused(double x, double y)
    {
        using var segmenter = SamSegmenter.Create(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny));
        using var embedding = segmenter.Encode(Checker(90, 60));

        Assert.Throws<ArgumentException>(() => segmenter.Predict(embedding, [Prompt.Point(x, y)], new()));
    }

    private static void AssertPredictions(GoldenCase golden, string name, MaskPredictions predictions)
    {
        golden.Output($"{name}_iou").AssertClose([.. Enumerable.Range(0, predictions.MasksPerPrompt).Select(m => predictions.Quality(0, m))], Tolerance);
        golden.Output($"{name}_low_res").AssertClose([.. Enumerable.Range(0, predictions.MasksPerPrompt).SelectMany(m => predictions.Logits(0, m).Values.ToArray())], Tolerance);
    }

    private static void AssertMasks(GoldenCase golden, string name, MaskPredictions predictions)
    {
        var expected = golden.Output($"{name}_mask").Masks();
        for (var m = 0; m < expected.Length; m++)
        {
            var actual = LogitThresholding.Cut(predictions.Logits(0, m), 0).Mask.ToBinaryMask();
            var different = expected[m].Words.ToArray().Zip(actual.Words.ToArray(), (a, b) => (long)System.Numerics.BitOperations.PopCount(a ^ b)).Sum();
            Assert.InRange(different, 0, expected[m].Size.PixelCount / 2000);
        }
    }

    // A pixel may fall on the other side where its logit is nearly zero; the counts are of millions of pixels.
    private static void AssertMaskCounts(GoldenCase golden, string name, MaskPredictions predictions)
    {
        var expected = golden.Outputs.GetProperty($"{name}_mask_counts").EnumerateArray().Select(c => c.GetInt64()).ToArray();
        for (var m = 0; m < expected.Length; m++)
        {
            var actual = LogitThresholding.Cut(predictions.Logits(0, m), 0).Mask.Area;
            Assert.InRange(actual, expected[m] * 0.9995, expected[m] * 1.0005);
        }
    }

    private static double X(System.Text.Json.JsonElement inputs, string name, int axis) => inputs.GetProperty(name).GetProperty("point_coords")[0][axis].GetDouble();

    private static Prompt Box(System.Text.Json.JsonElement inputs, string name)
    {
        var box = inputs.GetProperty(name).GetProperty("box");
        return Prompt.InBox(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble());
    }

    [Fact]
    public void Prompts_whose_masks_are_all_predicted_below_the_floor_are_not_upscaled_and_the_others_stay_the_same()
    {
        using var segmenter = SamSegmenter.Create(SyntheticSam.Tiny, SyntheticSam.Weights(SyntheticSam.Tiny));
        using var embedding = segmenter.Encode(Checker(96, 64));
        Prompt[] prompts = [.. Enumerable.Range(0, 12).Select(i => Prompt.Point(4 + (i * 7), 10 + (i * 4)))];
        var all = segmenter.Predict(embedding, prompts, new PredictionOptions());
        var best = Enumerable.Range(0, prompts.Length).Select(p => Enumerable.Range(0, all.MasksPerPrompt).Max(m => all.Quality(p, m))).ToArray();
        var floor = best.Order().ElementAt(prompts.Length / 2); // half of the prompts are at or below it

        var some = segmenter.Predict(embedding, prompts, new PredictionOptions { QualityFloor = floor });

        for (var p = 0; p < prompts.Length; p++)
        {
            for (var m = 0; m < all.MasksPerPrompt; m++)
            {
                Assert.Equal(all.Quality(p, m), some.Quality(p, m), 1e-6f);
                Assert.Equal(best[p] > floor, Record.Exception(() => some.Logits(p, m)) is null);
                if (best[p] > floor)
                {
                    Assert.True(some.Logits(p, m).Values.Span.ToArray().Zip(all.Logits(p, m).Values.ToArray()).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4));
                }
            }
        }
    }

    private static RgbImage Checker(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(((i / 3 % width / 10) + (i / 3 / width / 10)) % 2 * 200);
        }

        return new RgbImage(width, height, pixels);
    }
}
