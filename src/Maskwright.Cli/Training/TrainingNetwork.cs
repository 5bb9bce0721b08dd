using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Seedling;
using Maskwright.Networks.Semantic;
using Maskwright.Segmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;

namespace Maskwright.Cli.Training;

/// <summary>The network that a recipe names, with the weights it begins from.</summary>
internal abstract class TrainingNetwork : IDisposable
{
    /// <param name="recipe">Names the network.</param>
    /// <param name="dataClasses">What the data calls its classes, without background; empty where it does not say.</param>
    /// <param name="teacher">Opens the promptable model that a recipe learns from; the network owns it.</param>
    /// <param name="notes">Told what began anew.</param>
    public static TrainingNetwork Create(TrainingRecipe recipe, IReadOnlyList<string> dataClasses, Func<string, IPromptSegmenter> teacher, TextWriter notes)
    {
        if (recipe.Network == SeedlingConfig.Default.Name)
        {
            return new SeedlingTraining(recipe, teacher, notes);
        }

        if (recipe.Distillation.Model is not null)
        {
            throw new ToolException(ExitCode.Usage, $"distillation.model is for {SeedlingConfig.Default.Name}, not for {recipe.Network}: only a promptable network can learn from one");
        }

        if (recipe.Distillation.Backbone is not null)
        {
            throw new ToolException(ExitCode.Usage, $"distillation.backbone is for {SeedlingConfig.Default.Name}, not for {recipe.Network}: another network with a residual backbone can begin in it (startFrom)");
        }

        if (recipe.Network == SeedlingWarmStart.NetworkName)
        {
            return new SeedlingWarmStart(recipe, notes);
        }

        var classNames = recipe.ClassNames.Count > 0 ? recipe.ClassNames : dataClasses;
        if (SemanticNetworks.Find(recipe.Network) is { } semantic)
        {
            return SemanticTraining.Create(recipe, semantic, classNames, notes);
        }

        return MaskRcnnConfig.Presets.FirstOrDefault(preset => preset.Name == recipe.Network) is { } preset
            ? MaskRcnnTraining.Create(recipe, preset, classNames, notes)
            : throw new ToolException(
                ExitCode.Usage,
                $"there is no network '{recipe.Network}' that can be trained; there are {string.Join(", ", SemanticNetworks.All.Select(config => config.Name).Concat(MaskRcnnConfig.Presets.Select(preset => preset.Name)).Prepend(SeedlingWarmStart.NetworkName).Prepend(SeedlingConfig.Default.Name))}");
    }

    /// <summary>A run of it; disposed before the network.</summary>
    public abstract TrainingLoop Loop(TrainingData data, IImageCodec codec);

    /// <inheritdoc/>
    public abstract void Dispose();
}
