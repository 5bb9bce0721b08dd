using Maskwright.Training.Data;
using Maskwright.Training.Recipes;

namespace Maskwright.Training.Running;

/// <summary>What one step learns from.</summary>
/// <param name="Step">The step, 0 for the first.</param>
/// <param name="Side">S, the crops' side without their margins.</param>
/// <param name="Crops">B crops, as the learner prepared them.</param>
internal sealed record TrainingBatch(long Step, int Side, IReadOnlyList<PreparedCrop> Crops)
{
    /// <summary>The place of the first crop among all of its step; not 0 where several batches make a step.</summary>
    public int FirstSlot { get; init; }

    private const int PrepareStream = 1 << 20;

    // ImageNet's mean and deviation, as everywhere in this house's networks.
    private static readonly float[] s_mean = [123.675f, 116.28f, 103.53f];
    private static readonly float[] s_deviation = [58.395f, 57.12f, 57.375f];

    /// <summary>Draws a batch; it depends on nothing but the recipe, the data and its number.</summary>
    /// <param name="source">Where crops come from.</param>
    /// <param name="learner">Prepares them.</param>
    /// <param name="recipe">How.</param>
    /// <param name="number">0 for the first of the run; as many make a step as the recipe accumulates.</param>
    public static TrainingBatch Draw(CropSource source, ILearner learner, TrainingRecipe recipe, long number)
    {
        var (step, part) = Math.DivRem(number, recipe.Accumulate);
        var (side, first) = (recipe.SideAt(step), (int)part * recipe.BatchSize);
        var crops = Enumerable.Range(first, recipe.BatchSize).Select(slot => learner.Prepare(
            source.Draw(step, slot, side, learner.MarginOf(side), recipe.ScalesAt(step)), new SampleRandom(recipe.Seed, step, PrepareStream + slot)));
        return new TrainingBatch(step, side, [.. crops]) { FirstSlot = first };
    }

    /// <summary>The crops' side with their margins.</summary>
    public int OuterSide => Crops[0].Crop.Side;

    /// <summary>All crops as the network wants them.</summary>
    /// <returns>[B,3,S,S] with the margins, zero mean and unit deviation a channel over ImageNet.</returns>
    public float[] Images()
    {
        var area = OuterSide * OuterSide;
        var images = new float[Crops.Count * 3 * area];
        foreach (var (b, crop) in Crops.Index())
        {
            var pixels = crop.Crop.Pixels;
            for (var c = 0; c < 3; c++)
            {
                var plane = images.AsSpan(((b * 3) + c) * area, area);
                var (scale, shift) = (1 / s_deviation[c], s_mean[c] / s_deviation[c]);
                for (int i = 0, from = c; i < plane.Length; i++, from += 3)
                {
                    plane[i] = (pixels[from] * scale) - shift;
                }
            }
        }

        return images;
    }
}
