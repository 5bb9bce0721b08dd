using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Running;

/// <summary>A promptable network that learns: an encoder and a decoder over one set of weights.</summary>
/// <remarks>
/// The encoder takes <c>image</c> [B,3,H,W] and gives <c>f4</c>, <c>f8</c>, <c>f16</c>, <c>boundary</c> [B,1,H/4,W/4] and <c>objectness</c>
/// [B,1,H/8,W/8]; the decoder takes the features of one image, <c>points</c> [P,N,2], <c>labels</c> [P,N], <c>mask_input</c> [P,1,H/4,W/4],
/// <c>has_mask</c> [P] and, where it has such an input, <c>regions</c> [P,R,H/4,W/4], and gives <c>masks</c> [P,M,H/4,W/4] and <c>quality</c> [P,M].
/// </remarks>
public sealed class PromptNetwork : IDisposable
{
    private static readonly string[] s_features = ["f4", "f8", "f16"];

    private readonly TorchGraph _encoder;
    private readonly TorchGraph _decoder;
    private readonly TorchGraphOptions? _options;

    /// <summary>Copies weights and makes both graphs ready to learn.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="weights">A tensor for every parameter of both, but that a head for a <see cref="BackboneTeacher"/> begins at zero where it has none; not needed afterwards.</param>
    /// <param name="options">How to run; null means exactly.</param>
    /// <param name="keys">Where the encoder's outputs hold vectors by which cells are compared; null for none.</param>
    /// <param name="segmenter">Makes what a user would ask of such weights, for judging it while it learns; null where it is not judged.</param>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The device that the options name is not there.</exception>
    public PromptNetwork(
        Graph encoder,
        Graph decoder,
        IReadOnlyDictionary<string, WeightTensor> weights,
        TorchGraphOptions? options = null,
        IReadOnlyList<KeyLayout>? keys = null,
        Func<IReadOnlyDictionary<string, WeightTensor>, IGraphEngine, IPromptSegmenter>? segmenter = null)
    {
        (Keys, Segmenter) = (keys ?? [], segmenter);
        _options = options;
        using var head = SilentHead.Of(encoder, SeedlingGraphs.BackboneHead);
        Weights = new TorchWeights(weights.Concat(head).DistinctBy(tensor => tensor.Key).ToDictionary(), [encoder, decoder], TorchGraphOptions.DeviceOf(options));
        _encoder = new TorchGraph(encoder, Weights, options);
        _decoder = new TorchGraph(decoder, Weights, options);
    }

    /// <summary>The learned tensors of both graphs.</summary>
    public TorchWeights Weights { get; }

    /// <summary>Where the encoder's outputs hold vectors by which cells are compared.</summary>
    public IReadOnlyList<KeyLayout> Keys { get; }

    /// <summary>A model whose answers to the same prompts are learned beside the labels, as the recipe's distillation says; null for none. Borrowed.</summary>
    public IPromptSegmenter? Teacher { get; init; }

    /// <summary>A backbone that the encoder learns to follow; the encoder then has an output <c>backbone</c> as well. Null for none. Borrowed.</summary>
    public BackboneTeacher? BackboneTeacher { get; init; }

    /// <summary>Makes what a user would ask of such weights; null where it is not judged.</summary>
    internal Func<IReadOnlyDictionary<string, WeightTensor>, IGraphEngine, IPromptSegmenter>? Segmenter { get; }

    /// <summary>Whether the decoder wants to hear what the hierarchy of regions answers.</summary>
    internal bool AsksRegions => _decoder.Graph.Inputs.Any(input => input.Name == "regions");

    /// <summary>Encodes images.</summary>
    /// <param name="images">[B,3,S,S], normalised.</param>
    /// <param name="mode">Whether layers learn or answer.</param>
    internal IReadOnlyDictionary<string, TorchTensor> Encode(TorchTensor images, TorchMode mode) =>
        _encoder.Forward(new Dictionary<string, TorchTensor> { ["image"] = images }, mode);

    /// <summary>The features of each image of a batch.</summary>
    internal static List<Dictionary<string, TorchTensor>> Split(IReadOnlyDictionary<string, TorchTensor> features)
    {
        var parts = s_features.ToDictionary(name => name, name => features[name].split(1, 0));
        return [.. Enumerable.Range(0, parts[s_features[0]].Length).Select(image => s_features.ToDictionary(name => name, name => parts[name][image]))];
    }

    /// <summary>A network of its own with the same weights; the caller disposes it.</summary>
    internal PromptNetwork Copy()
    {
        using var weights = Weights.Export();
        var copy = new PromptNetwork(_encoder.Graph, _decoder.Graph, weights, _options, Keys, Segmenter) { Teacher = Teacher, BackboneTeacher = BackboneTeacher };
        if (Weights.Names.Where(Weights.IsFrozen).ToList() is { Count: > 0 } frozen)
        {
            copy.Weights.Freeze(frozen);
        }

        return copy;
    }

    /// <summary>Answers prompts on one image.</summary>
    /// <param name="features">Of one image.</param>
    /// <param name="prompts">points, labels, mask_input and has_mask.</param>
    /// <param name="mode">Whether layers learn or answer.</param>
    /// <returns>[P,M,S/4,S/4] logits and [P,M] quality.</returns>
    internal (TorchTensor Masks, TorchTensor Quality) Decode(
        IReadOnlyDictionary<string, TorchTensor> features, IReadOnlyDictionary<string, TorchTensor> prompts, TorchMode mode)
    {
        var answer = _decoder.Forward(features.Concat(prompts).ToDictionary(), mode);
        return (answer["masks"], answer["quality"]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoder.Dispose();
        _encoder.Dispose();
        Weights.Dispose();
    }
}
