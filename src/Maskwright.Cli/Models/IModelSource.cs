using Maskwright.Cli.Options;
using Maskwright.Networks.Semantic;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>Gets models ready to run; the tests give models of their own.</summary>
internal interface IModelSource
{
    /// <summary>Loads a model.</summary>
    /// <exception cref="IOException">It is not known, not here, or cannot be used.</exception>
    /// <exception cref="ToolException">The device is not there.</exception>
    LoadedModel Load(ModelRequest request, Surroundings surroundings, CancellationToken cancellationToken);

    /// <summary>Loads a model that gives every pixel a class.</summary>
    /// <exception cref="IOException">It is not known, not here, or cannot be used.</exception>
    /// <exception cref="ToolException">The device is not there, or the class names do not fit.</exception>
    ClassModel<ISemanticSegmenter> LoadSemantic(ClassModelRequest request, ViewOptions options, Surroundings surroundings);

    /// <summary>Loads a model that finds objects of known classes.</summary>
    /// <exception cref="IOException">It is not known, not here, or cannot be used.</exception>
    /// <exception cref="ToolException">The device is not there, or the class names do not fit.</exception>
    ClassModel<IInstanceSegmenter> LoadInstances(ClassModelRequest request, InstanceSettings settings, Surroundings surroundings);
}
