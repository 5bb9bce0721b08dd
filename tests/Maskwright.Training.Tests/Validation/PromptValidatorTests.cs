using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Recipes;
using Maskwright.Training.Tests.Data;
using Maskwright.Training.Validation;
using Maskwright.Graphs.Weights;
using Xunit;

namespace Maskwright.Training.Tests.Validation;

public class PromptValidatorTests
{
    private const int Side = 64;

    private static readonly TrainingRecipe s_recipe = new()
    {
        Interaction = new InteractionOptions { MinVisiblePixels = 24 },
        Validation = new ValidationOptions { Data = "elsewhere", ObjectsPerImage = 2 },
    };

    [Fact]
    public void Who_answers_with_the_colour_under_the_prompt_finds_painted_objects_whole()
    {
        var examples = Enumerable.Range(0, 3).Select(i => new TrainingExample(i == 0 ? "first" : "others", $"scene {i}", () => PaintedScenes.Draw(Side, i))).ToList();
        using var weights = WeightFile.FromArrays([], "none");

        var outcome = new PromptValidator((_, _) => new ColourSegmenter(), s_recipe).Judge(weights, examples, TestContext.Current.CancellationToken);

        Assert.Equal(1, outcome.Measures["click_iou"]);
        Assert.Equal(1, outcome.Measures["best_click_iou"]);
        Assert.InRange(outcome.Measures["box_iou"], 0.5, 1);
        Assert.Equal(["first", "others"], outcome.Groups.Keys);
        Assert.All(outcome.Examples, shown => Assert.Equal(shown.Truth.Labels.ToArray(), shown.Found.Labels.ToArray()));
        Assert.All(outcome.Examples, shown => Assert.InRange(shown.Truth.Labels.ToArray().Max(), 1, 2));
    }

    // All pixels of the colour under the click, or in the middle of the box.
    private sealed class ColourSegmenter : IPromptSegmenter
    {
        public string Name => "colours";

        public double MaskThresholdLogit => 0;

        public bool PrefersReadingsOfOneClick => true;

        public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default) => new Seen(image);

        public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
        {
            var masks = options.Multimask ? 3 : 1;
            var logits = prompts.SelectMany(prompt => Enumerable.Repeat(Same(((Seen)embedding).Image, prompt), masks)).ToArray();
            return new MaskPredictions(prompts.Count, masks, [.. logits.Select(_ => 1f)], logits);
        }

        public void Dispose()
        {
        }

        private static MaskLogits Same(RgbImage image, Prompt prompt)
        {
            var (x, y) = prompt.Points.Count > 0
                ? ((int)prompt.Points[0].X, (int)prompt.Points[0].Y)
                : ((int)(prompt.Box!.Value.X0 + prompt.Box.Value.X1) / 2, (int)(prompt.Box.Value.Y0 + prompt.Box.Value.Y1) / 2); // asked by click or box
            var at = 3 * ((y * image.Width) + x);
            var values = new float[image.Size.PixelCount];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = image.Pixels[3 * i] == image.Pixels[at] && image.Pixels[(3 * i) + 1] == image.Pixels[at + 1] ? 4 : -4;
            }

            return new MaskLogits(values, image.Width, image.Height, LogitFrame.Identity(image.Size));
        }

        private sealed class Seen(RgbImage image) : ImageEmbedding(image.Size)
        {
            public RgbImage Image => image;
        }
    }
}
