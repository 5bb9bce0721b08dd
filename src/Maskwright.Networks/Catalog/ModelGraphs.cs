using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Sam;
using Maskwright.Networks.Seedling;
using Maskwright.Networks.Semantic;

namespace Maskwright.Networks.Catalog;

/// <summary>A model as graphs with their weights: what one needs to run it elsewhere.</summary>
public sealed class ModelGraphs : IDisposable
{
    private readonly IDisposable _owned;

    private ModelGraphs(string network, IReadOnlyList<ModelGraph> parts, IReadOnlyDictionary<string, WeightTensor> weights, IDisposable owned) =>
        (Network, Parts, Weights, _owned) = (network, parts, weights, owned);

    /// <summary>The network's name.</summary>
    public string Network { get; }

    /// <summary>The parts, in the order in which they run.</summary>
    public IReadOnlyList<ModelGraph> Parts { get; }

    /// <summary>A tensor for every parameter of every part; valid until this is disposed.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Weights { get; }

    /// <summary>The class names, in the order of the scores; empty for a model that answers prompts.</summary>
    public IReadOnlyList<string> ClassNames { get; private init; } = [];

    /// <summary>How samples become the input <c>image</c>; null where the part itself does it.</summary>
    public PixelNormalisation? Normalisation { get; private init; }

    /// <summary>Opens a model.</summary>
    /// <param name="model">Where its files are; see <see cref="ModelResolver"/>.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged, or holds no network that is known.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    /// <exception cref="NotSupportedException">The model runs no network, or is given as ONNX files already.</exception>
    public static ModelGraphs Open(ResolvedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Layout switch
        {
            ModelLayout.Embedded when model.Family == ModelFamily.Seedling => OfSeedling(SeedlingWeights.OpenBuiltIn()),
            ModelLayout.OnnxSplit or ModelLayout.OnnxPair => throw new NotSupportedException($"{model.Name} is given as ONNX files already: {string.Join(", ", model.Files.Select(file => file.LocalPath))}."),
            _ => model.PathOf(ModelFileRole.Weights) is { } path ? Open(path) : throw new NotSupportedException($"{model.Name} runs no network, so there is nothing to export."),
        };
    }

    /// <summary>Opens a checkpoint; which network it holds is told from its header or its tensors.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged, or holds no network that is known.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    public static ModelGraphs Open(string path)
    {
        var file = WeightFile.Open(path);
        try
        {
            if (SeedlingWeights.Recognises(file))
            {
                return OfSeedling(file);
            }

            if (NetworkRecognition.Semantic(file) is { } semantic)
            {
                return OfSemantic(file, semantic);
            }

            if (NetworkRecognition.Instances(file) is { } detector)
            {
                return OfDetector(file, detector);
            }

            if (!NetworkRecognition.LooksLikeSam(file))
            {
                throw NetworkRecognition.Stranger(file, "one that can be exported");
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return OfSam(SamCheckpoint.Open(path));
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();

    private static ModelGraphs OfSeedling(WeightFile file)
    {
        var config = SeedlingWeights.ConfigOf(file);
        return new ModelGraphs(config.Name, [new("encoder", SeedlingGraphs.Encoder(config)), new("decoder", SeedlingGraphs.Decoder(config))], SeedlingWeights.Fit(config, file), file)
        {
            Normalisation = PixelNormalisation.ImageNet,
        };
    }

    private static ModelGraphs OfSemantic(WeightFile file, SemanticNetworkConfig config)
    {
        var graph = config.Build();
        return new ModelGraphs(config.Name, [new(string.Empty, graph)], Fit(config.Layouts, graph.Parameters, file), file)
        {
            ClassNames = Names(file, config.ClassCount),
            Normalisation = config.Normalisation,
        };
    }

    private static ModelGraphs OfDetector(WeightFile file, MaskRcnnConfig config)
    {
        ModelGraph[] parts = [new("features", MaskRcnnGraphs.Features(config)), new("boxes", MaskRcnnGraphs.Boxes(config)), new("masks", MaskRcnnGraphs.Masks(config))];
        return new ModelGraphs(config.Name, parts, Fit(MaskRcnnConfig.Layouts, MaskRcnnGraphs.Parameters(config), file), file)
        {
            ClassNames = Names(file, config.ClassCount),
            Normalisation = PixelNormalisation.ImageNet,
        };
    }

    private static ModelGraphs OfSam(SamCheckpoint checkpoint)
    {
        var config = checkpoint.Config;
        ModelGraph[] parts =
        [
            new("encoder", SamGraphs.Encoder(config)),
            new("positions", SamGraphs.Positions(config)),
            new("decoder", SamGraphs.Decoder(config, new SamDecoderForm(TakesPoints: true, TakesMaskHint: false, Multimask: true))),
            new("refiner", SamGraphs.Decoder(config, new SamDecoderForm(TakesPoints: true, TakesMaskHint: true, Multimask: false))),
        ];
        return new ModelGraphs(config.Name, parts, checkpoint.Weights, checkpoint) { Normalisation = PixelNormalisation.ImageNet };
    }

    private static IReadOnlyDictionary<string, WeightTensor> Fit(IReadOnlyList<KeyMap> layouts, IReadOnlyList<Parameter> parameters, WeightFile file) =>
        KeyMap.Resolve(layouts, [.. parameters.Select(p => new ParameterShape(p.Name, p.Shape.ToSizes()))], file);

    private static IReadOnlyList<string> Names(WeightFile file, int count) => NetworkMetadata.ClassNames(file) ?? CommonClassNames.For(count);
}
