using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Seedling;

namespace Maskwright.Cli.Training;

/// <summary>The weights from which a training begins, where they are not drawn.</summary>
internal static class Starting
{
    /// <summary>Opens them; the caller disposes the result.</summary>
    /// <param name="startFrom">A file, <c>seedling</c> for the weights inside the library, or the name of another model that comes with it. Of ONNX files, ImageNet's ResNet-18 is read.</param>
    /// <exception cref="ToolException">This build holds no weights.</exception>
    public static WeightFile Open(string startFrom)
    {
        if (startFrom != SeedlingConfig.Default.Name)
        {
            var path = PathOf(startFrom);
            return Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase) ? ImageNetResNet18.Open(path) : WeightFile.Open(path);
        }

        return SeedlingWeights.AreBuiltIn
            ? SeedlingWeights.OpenBuiltIn()
            : throw new ToolException(ExitCode.Model, $"this build holds no trained weights of {startFrom}; name a file with --set startFrom=FILE");
    }

    /// <summary>The file of a model that comes with the library, by its name; a path stays as it is.</summary>
    public static string PathOf(string startFrom) => ModelCatalog.Find(startFrom)?.ShippedPath ?? startFrom;

    /// <summary>Takes the residual network of some weights over as the backbone of a network, and says so; the caller disposes the result.</summary>
    /// <param name="fresh">A tensor for every parameter of the network.</param>
    /// <param name="donor">The weights that hold it.</param>
    /// <param name="scope">What the backbone's names begin with.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="notes">Told what was taken over.</param>
    /// <exception cref="ToolException">The network has another backbone.</exception>
    public static WeightFile WithBackbone(WeightFile fresh, WeightFile donor, string scope, string network, TextWriter notes)
    {
        try
        {
            var weights = BackboneTransfer.TakeOver(fresh, donor, scope);
            notes.WriteLine($"the backbone is that of {donor.Path}; all else begins anew");
            return weights;
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(
                ExitCode.Usage, $"{network} cannot begin from {donor.Path}: its backbone is no residual network; seedling, unet-seedling, deeplabv3plus-seedling, fcn-seedling and mask-rcnn-seedling have one, as have the networks with resnet in their name", fault);
        }
    }
}
