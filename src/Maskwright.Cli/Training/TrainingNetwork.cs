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
        using var weights = recipe.StartFrom is { } path ? WeightFile.Open(path) : SeedlingInitialisation.Create(config, recipe.Seed);
        return new PromptNetwork(SeedlingGraphs.Encoder(config), SeedlingGraphs.Decoder(config), weights, new TorchGraphOptions { Precision = recipe.Precision });
    }
}
