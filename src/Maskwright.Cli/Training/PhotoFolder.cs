using Maskwright.Cli.Inputs;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;

namespace Maskwright.Cli.Training;

/// <summary>A folder of photos and nothing else, for recipes that learn without masks.</summary>
internal static class PhotoFolder
{
    private const string SetName = "photos";

    /// <summary>The photos of a folder, by name.</summary>
    /// <returns>Null when the recipe needs masks, or the folder holds no photo.</returns>
    public static TrainingData? Open(string folder, TrainingRecipe recipe, IImageCodec codec)
    {
        var needsNoMasks = recipe.Network == SeedlingWarmStart.NetworkName || (recipe.Network == SeedlingConfig.Default.Name && recipe.Distillation.Model is not null);
        if (!needsNoMasks || !Directory.Exists(folder))
        {
            return null;
        }

        var photos = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(InputFinder.IsImage).Order(StringComparer.Ordinal)
            .Select(path => new TrainingExample(SetName, Path.GetRelativePath(folder, path), () => Load(path, codec)) { Identity = $"{new FileInfo(path).Length}" }).ToList();
        return photos.Count == 0 ? null : new TrainingData(photos, [], []);
    }

    private static LabelledPhoto Load(string path, IImageCodec codec)
    {
        var photo = codec.ReadImage(path);
        return new LabelledPhoto(photo, [ObjectLayers.FromMasks(photo.Size, [])]);
    }
}
