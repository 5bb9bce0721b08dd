using Maskwright.Cli.Options;
using Maskwright.Graphs.Onnx;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Maskwright.Networks.Semantic;
using Maskwright.Segmentation;
using Maskwright.Training.Torch;

namespace Maskwright.Cli.Models;

/// <summary>Gets models from the catalog, the hub's cache and files.</summary>
internal sealed class ModelSource : IModelSource
{
    public LoadedModel Load(ModelRequest request, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var resolved = new ModelResolver(new HubCache(surroundings.Hub)).Resolve(request.Name);
        cancellationToken.ThrowIfCancellationRequested();
        if (resolved.Family == ModelFamily.Classic)
        {
            return ClassicModel.Create(request);
        }

        var isMeasured = resolved is { Layout: ModelLayout.Embedded, Family: ModelFamily.Seedling };
        var choice = PrecisionChoice.Of(request.Engine, request.Precision, request.Device, isMeasured);
        RequireDevice(choice.Engine, request.Device);
        return NetworkModel.Load(resolved, request, choice, surroundings);
    }

    public ClassModel<ISemanticSegmenter> LoadSemantic(ClassModelRequest request, ViewOptions options, Surroundings surroundings)
    {
        var resolved = new ModelResolver(new HubCache(surroundings.Hub)).Resolve(request.Name);
        RequireDevice(request.Precision == ModelPrecision.BFloat16 ? ModelEngine.Torch : ModelEngine.Onnx, request.Device);
        return ClassModels.Semantic(resolved, request, options);
    }

    public ClassModel<IInstanceSegmenter> LoadInstances(ClassModelRequest request, InstanceSettings settings, Surroundings surroundings)
    {
        var resolved = new ModelResolver(new HubCache(surroundings.Hub)).Resolve(request.Name);
        RequireDevice(request.Precision == ModelPrecision.BFloat16 ? ModelEngine.Torch : ModelEngine.Onnx, request.Device);
        return ClassModels.Instances(resolved, request, settings);
    }

    /// <summary>Fails clearly when an engine cannot run on a device here.</summary>
    /// <exception cref="ToolException">It is not there.</exception>
    public static void RequireDevice(ModelEngine engine, string device)
    {
        try
        {
            if (engine == ModelEngine.Torch)
            {
                TorchDevices.Require(device);
            }
            else
            {
                OnnxRuntimeDevices.Require(device);
            }
        }
        catch (NotSupportedException e)
        {
            throw new ToolException(ExitCode.Device, e.Message, e);
        }
    }
}
