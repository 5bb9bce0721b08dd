using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;

namespace Maskwright.Cli.Training;

/// <summary>Makes the network that a recipe names, with the weights it begins from.</summary>
internal static class TrainingNetwork
{
    public static PromptNetwork Create(TrainingRecipe recipe)
    {
        var config = recipe.Network == SeedlingConfig.Default.Name
            ? SeedlingConfig.Default
            : throw new ToolException(ExitCode.Usage, $"there is no network '{recipe.Network}' that can be trained; there is {SeedlingConfig.Default.Name}");
        using var weights = Begin(recipe, config);
        return new PromptNetwork(SeedlingGraphs.Encoder(config), SeedlingGraphs.Decoder(config), weights, new TorchGraphOptions { Precision = recipe.Precision }, Keys(config));
    }

    private static KeyLayout[] Keys(SeedlingConfig config)
    {
        KeyLayout Of(string output, int stride, SeedlingLevel level) => new(output, stride, level.Features, level.Heads, level.HeadWidth);
        return [Of("f4", 4, config.Fine), Of("f8", 8, config.Middle), Of("f16", 16, config.Coarse)];
    }

    private static WeightFile Begin(TrainingRecipe recipe, SeedlingConfig config)
    {
        if (recipe.StartFrom is null)
        {
            return SeedlingInitialisation.Create(config, recipe.Seed);
        }

        if (recipe.StartFrom != config.Name)
        {
            return WeightFile.Open(recipe.StartFrom);
        }

        return SeedlingWeights.AreBuiltIn
            ? SeedlingWeights.OpenBuiltIn()
            : throw new ToolException(ExitCode.Model, $"this build holds no trained weights of {config.Name}; name a file with --set startFrom=FILE");
    }
}
