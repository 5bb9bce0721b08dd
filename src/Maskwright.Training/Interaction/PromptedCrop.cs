using Maskwright.Images;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Running;

namespace Maskwright.Training.Interaction;

/// <summary>A crop with the users who each want an object of it.</summary>
/// <param name="Crop">The crop.</param>
/// <param name="Users">P users, or none when the crop shows nothing to ask for.</param>
/// <param name="Dense">What the auxiliary maps should say.</param>
/// <param name="Regions">The hierarchy of the crop's regions; null when it is not asked.</param>
/// <param name="Taught">What a teacher sees in the crop; null without one.</param>
internal sealed record PromptedCrop(
    TrainingCrop Crop, IReadOnlyList<SimulatedUser> Users, DenseTargets Dense, SeedlingRegions? Regions = null, ImageEmbedding? Taught = null) : PreparedCrop(Crop)
{
    /// <summary>Chooses objects, some of them several times, and gives the first prompts.</summary>
    /// <param name="crop">The crop; where nothing is labelled, what the teacher finds is added.</param>
    /// <param name="options">How prompts are simulated.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="teacher">A model to learn from; null for none.</param>
    public static PromptedCrop Prepare(TrainingCrop crop, InteractionOptions options, SampleRandom random, PromptTeacher? teacher = null)
    {
        var taught = teacher?.Encode(crop);
        var objects = Askable(crop, options);
        if (objects.Count == 0 && teacher is not null && taught is not null)
        {
            teacher.AddObjects(taught, crop, options.PromptsPerImage, random);
            objects = Askable(crop, options);
        }

        var targets = new Dictionary<(int, ushort), ObjectTarget>();
        var users = new List<SimulatedUser>();
        for (var i = 0; i < options.PromptsPerImage && objects.Count > 0; i++)
        {
            var wanted = SizeBalance.Pick(objects, options.SizesAlike, random);
            if (!targets.TryGetValue((wanted.Layer, wanted.Id), out var target))
            {
                targets[(wanted.Layer, wanted.Id)] = target = new ObjectTarget(crop, wanted);
            }

            users.Add(new SimulatedUser(target, options));
            users[^1].Begin(random);
        }

        var asksRegions = users.Count > 0 && random.Chance(options.RegionsProbability);
        var regions = asksRegions ? SeedlingRegions.Of(new RgbImage(crop.Side, crop.Side, crop.Pixels)) : null;
        return new PromptedCrop(crop, users, DenseTargets.Of(crop), regions, taught);
    }

    private static List<LabelledObject> Askable(TrainingCrop crop, InteractionOptions options) =>
        [.. crop.Objects(options.MinVisiblePixels).Where(o => o.Area <= options.MaxCropFraction * crop.Side * crop.Side)];
}
