using Maskwright.Geometry;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Seedling;
using Maskwright.Networks.Tests.Classic;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingSegmenterTests
{
    [Fact]
    public void A_click_means_its_surroundings_even_before_training()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(160, 120));

        var logits = segmenter.Predict(embedding, [Prompt.Point(50, 37)], new PredictionOptions { Multimask = false }).Logits(0, 0);

        Assert.True(At(logits, 50, 37) > At(logits, 150, 110) + 1, $"{At(logits, 50, 37)} at the click, {At(logits, 150, 110)} far off");
    }

    [Fact]
    public void The_same_network_looks_at_another_size_as_one_made_for_it_does()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var made = SeedlingSegmenter.Create(TinySeedling.Config with { WorkingSide = 64 }, TinySeedling.Weights);
        using var shared = segmenter.LookingAt(64);
        var (image, prompt) = (TinySeedling.Square(160, 120), Prompt.Point(50, 37));
        using var expected = made.Encode(image);
        using var embedding = shared.Encode(image);

        Assert.Equal((64, made.ModelIdentity), (shared.WorkingSide, shared.ModelIdentity));
        Assert.Equal(
            made.Predict(expected, [prompt], new PredictionOptions()).Logits(0, 0).Values.ToArray(),
            shared.Predict(embedding, [prompt], new PredictionOptions()).Logits(0, 0).Values.ToArray());
        Assert.Throws<ArgumentException>(() => segmenter.Predict(embedding, [prompt], new PredictionOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => segmenter.LookingAt(65));

        shared.Dispose();
        using var later = segmenter.Encode(image); // what both share is still there
        Assert.Equal(1, segmenter.Predict(later, [prompt], new PredictionOptions { Multimask = false }).MasksPerPrompt);
    }

    [Fact]
    public void Several_objects_at_once_get_the_answers_they_get_alone()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(90, 60));
        var hint = segmenter.Predict(embedding, [Prompt.Point(30, 20)], new PredictionOptions { Multimask = false }).Logits(0, 0);
        Prompt[] few = [Prompt.Point(10, 20), Prompt.InBox(5, 5, 40, 50), Prompt.Point(70, 30).AndPoint(20, 20, isPositive: false), Prompt.Point(30, 20) with { MaskHint = hint }, new Prompt()];
        Prompt[] prompts = [.. few, .. few, .. few];

        var together = segmenter.Predict(embedding, prompts, new PredictionOptions());

        Assert.Equal((15, 3), (together.PromptCount, together.MasksPerPrompt));
        for (var p = 0; p < prompts.Length; p++)
        {
            var alone = segmenter.Predict(embedding, [prompts[p]], new PredictionOptions());
            for (var m = 0; m < 3; m++)
            {
                Assert.Equal(alone.Quality(0, m), together.Quality(p, m), 1e-3);
                Assert.All(alone.Logits(0, m).Values.ToArray().Zip(together.Logits(p, m).Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-2));
            }
        }
    }

    [Fact]
    public void Masks_below_the_asked_quality_come_without_logits()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(90, 60));

        var none = segmenter.Predict(embedding, [Prompt.Point(30, 20)], new PredictionOptions { QualityFloor = 2 });

        Assert.InRange(none.Quality(0, 0), 0, 1);
        Assert.Throws<InvalidOperationException>(() => none.Logits(0, 0));
    }

    [Fact]
    public void Both_halves_of_the_decoder_together_are_the_decoder()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(90, 60));
        var own = (SeedlingEmbedding)embedding;
        Prompt[] prompts = [Prompt.Point(30, 20), Prompt.Point(70, 50)];
        var inputs = SeedlingPromptBatch.Inputs(prompts, own.Frame, own.Regions);
        foreach (var name in SeedlingGraphs.DecoderFeatures)
        {
            inputs[name] = own.Tensors[name];
        }

        using var decoder = new OnnxRuntimeEngine().Load(SeedlingGraphs.Decoder(TinySeedling.Config), TinySeedling.Weights);
        var whole = decoder.Run(inputs);
        var halves = segmenter.Predict(embedding, prompts, new PredictionOptions());

        for (var i = 0; i < prompts.Length * 3; i++)
        {
            var (prompt, mask) = (i / 3, i % 3);
            var source = (prompt * SeedlingConfig.Masks) + 1 + mask;
            var values = halves.Logits(prompt, mask).Values;
            Assert.Equal(whole["quality"].Floats[source], halves.Quality(prompt, mask), 1e-5);
            Assert.All(whole["masks"].Floats.Skip(source * values.Length).Take(values.Length).Zip(values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact]
    public void Of_what_the_decoder_says_to_a_click_unsure_pieces_go()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TestScenes.Photo(160, 120));
        var own = (SeedlingEmbedding)embedding;
        Prompt[] prompts = [.. Enumerable.Range(0, 40).Select(i => Prompt.Point(10 + (20 * (i % 8)), 12 + (24 * (i / 8))))];
        using var runs = new SeedlingRuns.Halves(TinySeedling.Config, new OnnxRuntimeEngine(), TinySeedling.Weights);
        var raw = runs.Masks(own, runs.Draft(own, prompts, CancellationToken.None), CancellationToken.None).Floats;

        var answers = segmenter.Predict(embedding, prompts, new PredictionOptions());

        var dropped = 0;
        for (var i = 0; i < prompts.Length * 3; i++)
        {
            var (prompt, mask) = (i / 3, i % 3);
            var shown = answers.Logits(prompt, mask);
            float[] expected = raw[(((prompt * SeedlingConfig.Masks) + 1 + mask) * shown.Values.Length)..][..shown.Values.Length];
            var before = expected.Count(value => value > 0);
            StrayPieces.Drop(expected, own.Frame.Cells, prompts[prompt], own.Frame.Logits, 0);
            dropped += before - expected.Count(value => value > 0);
            Assert.All(expected.Zip(shown.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }

        Assert.True(dropped > 0, $"{dropped} cells went");
    }

    [Fact]
    public void Of_many_prompts_only_masks_above_the_asked_quality_have_logits()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(90, 60));
        Prompt[] prompts = [.. Enumerable.Range(0, 41).Select(i => Prompt.Point(2 * i, 1.3 * i))];
        var all = segmenter.Predict(embedding, prompts, new PredictionOptions());
        var median = Enumerable.Range(0, 41 * 3).Select(i => all.Quality(i / 3, i % 3)).Order().ElementAt(61);

        var some = segmenter.Predict(embedding, prompts, new PredictionOptions { QualityFloor = median });

        for (var i = 0; i < 41 * 3; i++)
        {
            var (prompt, mask) = (i / 3, i % 3);
            Assert.Equal(all.Quality(prompt, mask), some.Quality(prompt, mask));
            if (some.Quality(prompt, mask) > median)
            {
                Assert.All(all.Logits(prompt, mask).Values.ToArray().Zip(some.Logits(prompt, mask).Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
            }
            else
            {
                Assert.Throws<InvalidOperationException>(() => some.Logits(prompt, mask));
            }
        }
    }

    [Fact]
    public void Many_prompts_end_when_they_are_cancelled()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(90, 60));
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => segmenter.Predict(embedding, [.. Enumerable.Range(0, 64).Select(i => Prompt.Point(i, 1))], new PredictionOptions(), source.Token));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 700)]
    [InlineData(900, 2)]
    [InlineData(33, 31)]
    public void Answers_on_images_of_any_shape(int width, int height)
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(width, height));

        var proposals = segmenter.Decode(embedding, Prompt.Point(width / 2.0, height / 2.0).AndPoint(0, 0, isPositive: false));
        var boxed = segmenter.Decode(embedding, Prompt.InBox(0, 0, width, height), multimask: false);

        Assert.All([.. proposals, .. boxed], proposal => Assert.Equal(new ImageSize(width, height), proposal.Mask.Size));
        Assert.All([.. proposals, .. boxed], proposal => Assert.True(double.IsFinite(proposal.PredictedIou)));
    }

    [Fact]
    public void Refuses_what_is_not_on_the_image_or_not_its_own()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var other = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(90, 60));
        var foreign = new MaskLogits(new float[4], 2, 2, LogitFrame.Identity(new ImageSize(2, 2)));

        Assert.Throws<ArgumentException>(() => segmenter.Predict(embedding, [Prompt.Point(91, 0)], new PredictionOptions()));
        Assert.Throws<ArgumentException>(() => segmenter.Predict(embedding, [Prompt.Point(9, 9) with { MaskHint = foreign }], new PredictionOptions()));
        Assert.Throws<ArgumentException>(() => other.Predict(embedding, [Prompt.Point(9, 9)], new PredictionOptions()));
    }

    [Fact]
    public void Embeddings_go_through_files()
    {
        using var segmenter = TinySeedling.Segmenter();
        using var embedding = segmenter.Encode(TinySeedling.Square(90, 60));
        using var file = new MemoryStream();

        segmenter.WriteEmbedding(embedding, file);
        file.Position = 0;
        using var read = segmenter.ReadEmbedding(file);

        var click = Prompt.Point(30, 20);
        var (here, there) = (segmenter.Predict(embedding, [click], new PredictionOptions()), segmenter.Predict(read, [click], new PredictionOptions()));
        Assert.Equal(here.Logits(0, 1).Values.ToArray(), there.Logits(0, 1).Values.ToArray());
        Assert.StartsWith("tiny-seedling-128-", segmenter.ModelIdentity, StringComparison.Ordinal);
        file.SetLength(file.Length / 2);
        file.Position = 0;
        Assert.Throws<InvalidDataException>(() => segmenter.ReadEmbedding(file));
    }

    [Fact]
    public void Ships_in_half_precision_and_is_told_from_its_tensors()
    {
        using var folder = new Maskwright.Testing.TemporaryFolder();
        using var weights = SeedlingInitialisation.Create(SeedlingConfig.Default, seed: 1);
        SeedlingWeights.Save(folder.File("seedling.safetensors"), weights, SeedlingConfig.Default, new Dictionary<string, string> { ["run"] = "test" });
        var image = TinySeedling.Square(96, 64);
        var small = SeedlingConfig.Default with { WorkingSide = 96 };

        using var file = WeightFile.Open(folder.File("seedling.safetensors"));
        using var halved = SeedlingSegmenter.Create(small, file);
        using var exact = SeedlingSegmenter.Create(small, weights);
        using var loaded = SeedlingSegmenter.Load(folder.File("seedling.safetensors"));

        Assert.InRange(new FileInfo(folder.File("seedling.safetensors")).Length, 1, 12_000_000);
        Assert.True(SeedlingWeights.Recognises(file));
        Assert.Equal("test", file.Metadata["run"]);
        Assert.Equal(512, loaded.WorkingSide);
        Assert.All(Answer(exact, image).Zip(Answer(halved, image)), pair => Assert.Equal(pair.First, pair.Second, 0.05));
    }

    [Fact]
    public void Weights_of_the_first_one_still_answer()
    {
        using var folder = new Maskwright.Testing.TemporaryFolder();
        using var weights = SeedlingInitialisation.Create(SeedlingConfig.First, seed: 1);
        SeedlingWeights.Save(folder.File("first.safetensors"), weights, SeedlingConfig.First);

        using var loaded = SeedlingSegmenter.Load(folder.File("first.safetensors"));
        using var embedding = loaded.Encode(TinySeedling.Square(96, 64));

        Assert.Equal(1, loaded.Predict(embedding, [Prompt.Point(30, 20)], new PredictionOptions { Multimask = false }).MasksPerPrompt);
    }

    [Fact]
    public void Says_which_tensors_do_not_fit()
    {
        using var folder = new Maskwright.Testing.TemporaryFolder();
        using var weights = WeightFile.FromArrays(TinySeedling.Weights.Skip(1).Select(pair => (pair.Key, pair.Value.Shape, pair.Value.ToFloat32())));

        var fault = Assert.Throws<WeightMismatchException>(() => SeedlingWeights.Save(folder.File("x.safetensors"), weights, TinySeedling.Config));

        Assert.Equal(["encoder.stem.0.conv.weight"], fault.Missing);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static float[] Answer(SeedlingSegmenter segmenter, RgbImage image)
    {
        using var embedding = segmenter.Encode(image);
        return segmenter.Predict(embedding, [Prompt.Point(30, 20)], new PredictionOptions { Multimask = false }).Logits(0, 0).Values.ToArray();
    }

    private static float At(MaskLogits logits, double x, double y)
    {
        var image = logits.Frame.ImageSize;
        return logits.Values.Span[((int)(y * logits.Height / image.Height) * logits.Width) + (int)(x * logits.Width / image.Width)];
    }
}
