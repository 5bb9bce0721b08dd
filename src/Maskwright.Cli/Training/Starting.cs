using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Seedling;

namespace Maskwright.Cli.Training;

/// <summary>The weights from which a training begins, where they are not drawn.</summary>
internal static class Starting
{
    /// <summary>Opens them; the caller disposes the result.</summary>
    /// <param name="startFrom">A file, or <c>seedling</c> for the weights inside the library.</param>
    /// <exception cref="ToolException">This build holds no weights.</exception>
    public static WeightFile Open(string startFrom)
    {
        if (startFrom != SeedlingConfig.Default.Name)
        {
            return WeightFile.Open(startFrom);
        }

        return SeedlingWeights.AreBuiltIn
            ? SeedlingWeights.OpenBuiltIn()
            : throw new ToolException(ExitCode.Model, $"this build holds no trained weights of {startFrom}; name a file with --set startFrom=FILE");
    }

    /// <summary>Takes a Seedling's encoder over as the backbone of another network, and says so; the caller disposes the result.</summary>
    /// <param name="fresh">A tensor for every parameter of the network.</param>
    /// <param name="seedling">A Seedling's weights.</param>
    /// <param name="scope">What the backbone's names begin with.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="notes">Told what was taken over.</param>
    /// <exception cref="ToolException">The network has another backbone.</exception>
    public static WeightFile WithBackbone(WeightFile fresh, WeightFile seedling, string scope, string network, TextWriter notes)
    {
        try
        {
            var weights = SeedlingBackboneConfig.TakeOver(fresh, seedling, scope);
            notes.WriteLine($"the backbone is that of {seedling.Path}; all else begins anew");
            return weights;
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(ExitCode.Usage, $"{network} cannot begin from {seedling.Path}: its backbone is not Seedling's encoder; unet-seedling, deeplabv3plus-seedling, fcn-seedling and mask-rcnn-seedling have it", fault);
        }
    }
}
