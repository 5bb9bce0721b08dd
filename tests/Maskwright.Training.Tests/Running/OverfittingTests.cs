using Maskwright.Images;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Running;

[Trait("Kind", "learns")]
public class OverfittingTests
{
    private const int Side = 128;
    private const int Photos = 4;
    private const int MinVisiblePixels = 400;

    private static readonly TrainingRecipe s_recipe = TinySeedling.Recipe with
    {
        Steps = 280,
        BatchSize = Photos,
        LogEvery = 280,
        Crops = [new CropStage { Side = Side }],
        Optimiser = new OptimiserOptions { LearningRate = 0.01, WarmUpSteps = 10 },
        Interaction = new InteractionOptions { PromptsPerImage = 4, MaxRounds = 1, MinVisiblePixels = MinVisiblePixels, BoxNoise = 0.02 },
        Losses = new LossOptions { FocalExponent = 1 },
        Augmentation = AugmentationOptions.None with { NominalSide = Side },
    };

    [Fact]
    public void Learns_four_photos_by_heart()
    {
        using var network = TinySeedling.Create();
        using (var loop = new TrainingLoop(network, PaintedScenes.Examples(Photos, Side), null, s_recipe))
        {
            loop.Run(null, null, TestContext.Current.CancellationToken);
        }

        var ious = Enumerable.Range(0, Photos).SelectMany(photo => OneClickIous(network, photo)).ToList();

        Assert.True(ious.Count > 6);
        Assert.InRange(ious.Average(), 0.95, 1);
    }

    // At full resolution, with one click where each object is deepest.
    private static List<double> OneClickIous(PromptNetwork network, int photo)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var source = new CropSource([new TrainingExample("painted", "one", () => PaintedScenes.Draw(Side, photo))], _ => 1, s_recipe.Augmentation, null, 1, 1 << 24);
        var crop = source.Draw(0, 0, Side);
        var options = s_recipe.Interaction with { BoxProbability = 0, CentreProbability = 1 };
        var users = crop.Objects(MinVisiblePixels).Select(o => new SimulatedUser(new ObjectTarget(crop, o), options)).ToList();
        users.ForEach(user => user.Begin(new SampleRandom(0)));
        var images = PromptTensors.Of(new TrainingBatch(0, Side, [new PromptedCrop(crop, users, DenseTargets.Of(crop))]).Images(), 1, 3, Side, Side);
        var (points, labels) = PromptTensors.OfClicks(users);
        using var regions = SeedlingRegions.Of(new RgbImage(Side, Side, crop.Pixels));
        var prompts = new Dictionary<string, torch.Tensor>
        {
            ["points"] = points,
            ["labels"] = labels,
            ["mask_input"] = torch.zeros(users.Count, 1, Side / 4, Side / 4),
            ["has_mask"] = torch.zeros(users.Count),
            ["regions"] = PromptTensors.OfRegions(regions, users),
        };
        var (masks, _) = network.Decode(PromptNetwork.Split(network.Encode(images, TorchMode.Evaluate))[0], prompts, TorchMode.Evaluate);
        var large = PromptTensors.ToArray(torch.nn.functional.interpolate(masks.narrow(1, 0, 1), [Side, Side], mode: torch.InterpolationMode.Bilinear));
        return [.. users.Select((user, p) => Iou(user.Target, large.AsSpan(p * Side * Side, Side * Side)))];
    }

    private static double Iou(ObjectTarget target, ReadOnlySpan<float> logits)
    {
        int both = 0, any = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            var (found, wanted) = (logits[i] > 0, target.Holds(i % Side, i / Side));
            both += found && wanted ? 1 : 0;
            any += found || wanted ? 1 : 0;
        }

        return both / (double)any;
    }
}
