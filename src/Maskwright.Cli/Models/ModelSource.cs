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

        RequireDevice(request);
        return NetworkModel.Load(resolved, request, surroundings);
    }

    public ClassModel<ISemanticSegmenter> LoadSemantic(ClassModelRequest request, ViewOptions options, Surroundings surroundings)
    {
        var resolved = new ModelResolver(new HubCache(surroundings.Hub)).Resolve(request.Name);
        RequireOnnxDevice(request.Device);
        return ClassModels.Semantic(resolved, request, options);
    }

    public ClassModel<IInstanceSegmenter> LoadInstances(ClassModelRequest request, InstanceSettings settings, Surroundings surroundings)
    {
        var resolved = new ModelResolver(new HubCache(surroundings.Hub)).Resolve(request.Name);
        RequireOnnxDevice(request.Device);
        return ClassModels.Instances(resolved, request, settings);
    }

    private static void RequireOnnxDevice(string device) => RequireDevice(new ModelRequest(string.Empty, device));

    private static void RequireDevice(ModelRequest request)
    {
        try
        {
            if (request.Engine == ModelEngine.Torch)
            {
                TorchDevices.Require(request.Device);
            }
            else
            {
                OnnxRuntimeDevices.Require(request.Device);
            }
        }
        catch (NotSupportedException e)
        {
            throw new ToolException(ExitCode.Device, e.Message, e);
        }
    }
}
