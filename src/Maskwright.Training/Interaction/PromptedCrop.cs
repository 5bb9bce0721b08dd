using Maskwright.Images;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Data;
using Maskwright.Training.Running;

namespace Maskwright.Training.Interaction;

/// <summary>A crop with the users who each want an object of it.</summary>
/// <param name="Crop">The crop.</param>
/// <param name="Users">P users, or none when the crop shows nothing to ask for.</param>
/// <param name="Dense">What the auxiliary maps should say.</param>
/// <param name="Regions">The hierarchy of the crop's regions; null when it is not asked.</param>
internal sealed record PromptedCrop(TrainingCrop Crop, IReadOnlyList<SimulatedUser> Users, DenseTargets Dense, SeedlingRegions? Regions = null) : PreparedCrop(Crop)
{
    /// <summary>Chooses objects, some of them several times, and gives the first prompts.</summary>
    public static PromptedCrop Prepare(TrainingCrop crop, InteractionOptions options, SampleRandom random)
    {
        var area = (double)crop.Side * crop.Side;
        var objects = crop.Objects(options.MinVisiblePixels).Where(o => o.Area <= options.MaxCropFraction * area).ToList();
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
        return new PromptedCrop(crop, users, DenseTargets.Of(crop), regions);
    }
}
