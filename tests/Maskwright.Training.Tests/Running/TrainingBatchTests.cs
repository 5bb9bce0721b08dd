using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using Xunit;

namespace Maskwright.Training.Tests.Running;

public class TrainingBatchTests
{
    [Fact]
    public void Crops_are_drawn_at_the_scale_of_their_stage()
    {
        var plain = TinySeedling.Recipe with { Augmentation = TinySeedling.Recipe.Augmentation with { MinScale = 0.5, MaxScale = 2 } };
        var near = plain with { Crops = [new CropStage { Side = 64, MinScale = 1.4, MaxScale = 1.5 }] };
        var same = plain with { Augmentation = plain.Augmentation with { MinScale = 1.4, MaxScale = 1.5 } };

        Assert.Equal(Pixels(same, same), Pixels(near, plain));
        Assert.NotEqual(Pixels(plain, plain), Pixels(near, plain));
    }

    private static byte[] Pixels(TrainingRecipe recipe, TrainingRecipe source)
    {
        using var learner = new PromptLearner(TinySeedling.Create(), recipe); // owns the network
        var crops = new CropSource(PaintedScenes.Examples(2, 96), _ => 1, source.Augmentation, null, recipe.Seed, 1 << 24);
        return TrainingBatch.Draw(crops, learner, recipe, 0).Crops[0].Crop.Pixels;
    }
}
