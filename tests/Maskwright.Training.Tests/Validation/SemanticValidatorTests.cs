using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Semantic;
using Maskwright.Training.Tests.Data;
using Xunit;

namespace Maskwright.Training.Tests.Validation;

public class SemanticValidatorTests
{
    private static readonly string[] s_names = ["background", "disc", "box", "triangle"];
    private static readonly UNetConfig s_config = UNetConfig.Padded with { Width = 4, Depth = 2, ClassCount = 4 };

    [Fact]
    public void Judges_as_the_finished_network_does_on_photos_of_any_shape()
    {
        using var weights = SemanticInitialisation.Create(s_config, 3);
        using var network = new TrainableSemantic(s_config, s_names, weights);
        var photos = new[] { Part(1, 70, 45, 0), Part(2, 50, 70, 12) };
        var recipe = new TrainingRecipe { Network = "unet", Workers = 2, BatchSize = 2, Augmentation = AugmentationOptions.None with { NominalSide = 70 } };
        TrainingExample[] examples = [.. photos.Select((photo, i) => new TrainingExample("painted", $"part {i}", () => photo))];

        var outcome = new SemanticLearner(network, recipe, null).Validator.Judge(weights, examples, TestContext.Current.CancellationToken);

        var counts = new ConfusionMatrix(4);
        using var segmenter = SemanticSegmenter.Create(network.Config, weights, s_names);
        foreach (var photo in photos)
        {
            counts.Add(Truth(photo), segmenter.Label(photo.Image, TestContext.Current.CancellationToken));
        }

        Assert.Equal(counts.MeanIou, outcome.Measures["mean_iou"], 3);
        Assert.Equal(counts.PixelAccuracy, outcome.Measures["pixel_accuracy"], 3);
        Assert.Equal(s_names, outcome.Groups.Keys);
        Assert.Equal(counts.Iou(2), outcome.Groups["box"], 3);
        Assert.InRange(outcome.Measures["loss"], 0.2, 5);
        Assert.Equal(photos[1].Image.Size, outcome.Examples[1].Found.Size);
    }

    [Fact]
    public void Photos_are_looked_at_in_the_size_of_the_recipe()
    {
        using var weights = SemanticInitialisation.Create(s_config, 3);
        using var network = new TrainableSemantic(s_config, s_names, weights);
        var recipe = new TrainingRecipe { Network = "unet", Augmentation = AugmentationOptions.None with { NominalSide = 35 } };
        var photo = Part(1, 70, 40, 5);

        var outcome = new SemanticLearner(network, recipe, null).Validator.Judge(weights, [new TrainingExample("painted", "part", () => photo)], TestContext.Current.CancellationToken);

        var shown = Assert.Single(outcome.Examples);
        Assert.Equal(new ImageSize(35, 20), shown.Image.Size);
        Assert.Contains(255, shown.Truth.Labels.ToArray());
        Assert.Equal(Truth(photo).Row(21)[31], shown.Truth.Row(10)[15]);
    }

    // A part of a painted scene, whose lowest rows are void.
    private static LabelledPhoto Part(int seed, int width, int height, int voidRows)
    {
        var whole = PaintedScenes.DrawClasses(80, seed);
        var size = new ImageSize(width, height);
        var (pixels, layers) = (new byte[3 * width * height], whole.Annotations[0]);
        var masks = layers.Objects.Select(_ => new BinaryMask(size)).ToList();
        var unknown = new BinaryMask(size);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                whole.Image.Pixels.Slice(3 * ((y * 80) + x), 3).CopyTo(pixels.AsSpan(3 * ((y * width) + x)));
                unknown[x, y] = y >= height - voidRows;
                foreach (var (i, o) in layers.Objects.Index().Where(_ => y < height - voidRows))
                {
                    masks[i][x, y] = layers.Layers[o.Layer][(y * 80) + x] == o.Id;
                }
            }
        }

        return new LabelledPhoto(new RgbImage(width, height, pixels), [ObjectLayers.FromMasks(size, masks, unknown, isExhaustive: true, [.. layers.Objects.Select(o => o.Class)])]);
    }

    private static LabelMap Truth(LabelledPhoto photo)
    {
        var layers = photo.Annotations[0];
        return new LabelMap(photo.Image.Size, [.. layers.Layers[0].Select(id => id == ObjectLayers.Void ? 255 : id == ObjectLayers.Nothing ? 0 : layers.Objects.First(o => o.Id == id).Class)]);
    }
}
