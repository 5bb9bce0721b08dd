using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Classic;
using Maskwright.Networks.Sam;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Catalog;

/// <summary>Makes a segmenter of a model whose files are on this machine.</summary>
public static class ModelLoader
{
    /// <summary>Loads a model that answers prompts.</summary>
    /// <param name="model">Where its files are; see <see cref="ModelResolver"/>.</param>
    /// <param name="options">How ONNX Runtime runs it; null for the defaults. A model without a network takes none.</param>
    /// <returns>The caller disposes it. <see cref="ClassicSegmenter"/> is also an <see cref="IMaskGenerator"/>.</returns>
    /// <exception cref="InvalidWeightsException">A file is damaged, or holds something else.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    /// <exception cref="ModelNotFoundException">A file that the model needs is not there.</exception>
    /// <exception cref="NotSupportedException">The asked device is not there.</exception>
    public static IPromptSegmenter LoadPromptSegmenter(ResolvedModel model, OnnxRuntimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Layout switch
        {
            ModelLayout.Embedded when model.Family != ModelFamily.Seedling => new ClassicSegmenter(),
            ModelLayout.OnnxSplit or ModelLayout.OnnxPair => SamSegmenter.Open(
                new OnnxSamFiles(Need(model, ModelFileRole.ImageEncoder), Need(model, ModelFileRole.PromptDecoder)), new OnnxRuntimeEngine(options)),
            _ => LoadPromptSegmenter(model, new OnnxRuntimeEngine(options)),
        };
    }

    /// <summary>Loads a model that answers prompts, to be run by any engine.</summary>
    /// <param name="model">Where its files are; see <see cref="ModelResolver"/>. A network given by weights: ONNX files only run on ONNX Runtime.</param>
    /// <param name="engine">Runs the network; kept alive by the caller until the segmenter is disposed.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">A file is damaged, or holds something else.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    /// <exception cref="ModelNotFoundException">A file that the model needs is not there.</exception>
    /// <exception cref="NotSupportedException">The model has no network of this house that an engine could run.</exception>
    public static IPromptSegmenter LoadPromptSegmenter(ResolvedModel model, IGraphEngine engine)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(engine);
        return model.Layout switch
        {
            ModelLayout.Embedded when model.Family == ModelFamily.Seedling => SeedlingSegmenter.BuiltIn(engine),
            ModelLayout.Embedded => throw new NotSupportedException($"{model.Name} runs no network, so {engine.Name} has nothing to run."),
            ModelLayout.OnnxSplit or ModelLayout.OnnxPair => throw new NotSupportedException($"{model.Name} is given as ONNX files, which only ONNX Runtime runs, not {engine.Name}."),
            _ => LoadWeights(Need(model, ModelFileRole.Weights), engine),
        };
    }

    // The tensors say which network it is.
    private static IPromptSegmenter LoadWeights(string path, IGraphEngine engine)
    {
        bool isSeedling;
        using (var file = WeightFile.Open(path))
        {
            isSeedling = SeedlingWeights.Recognises(file);
        }

        return isSeedling ? SeedlingSegmenter.Load(path, engine) : SamSegmenter.Load(path, engine);
    }

    private static string Need(ResolvedModel model, ModelFileRole role) =>
        model.PathOf(role) ?? throw new ModelNotFoundException(model.Name, $"its {role} file is not there", model.Repository ?? model.Entry?.Id);
}
