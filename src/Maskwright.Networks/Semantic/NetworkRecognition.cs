using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Seedling;

namespace Maskwright.Networks.Semantic;

/// <summary>Tells from a checkpoint's tensors which named network they belong to, and to how many classes.</summary>
public static class NetworkRecognition
{
    /// <summary>The semantic network of a checkpoint: what its header says, else the preset that all of its tensors fit.</summary>
    /// <param name="file">An open checkpoint.</param>
    /// <returns>Null when it fits none.</returns>
    /// <exception cref="InvalidWeightsException">The header says something that cannot be read.</exception>
    public static SemanticNetworkConfig? Semantic(WeightFile file)
    {
        var said = NetworkMetadata.Semantic(file);
        return said?.ForInference() ?? SemanticNetworks.All.Select(preset => preset.ForInference())
            .Select(preset => Fit(file, preset.Layouts, k => preset with { ClassCount = k }, config => config.Build().Parameters))
            .FirstOrDefault(config => config is not null);
    }

    /// <summary>The Mask R-CNN of a checkpoint: what its header says, else the preset that all of its tensors fit.</summary>
    /// <param name="file">An open checkpoint.</param>
    /// <returns>Null when it fits none.</returns>
    /// <exception cref="InvalidWeightsException">The header says something that cannot be read.</exception>
    public static MaskRcnnConfig? Instances(WeightFile file)
    {
        var said = NetworkMetadata.Instances(file);
        var found = said ?? MaskRcnnConfig.Presets.Select(preset => Fit(file, MaskRcnnConfig.Layouts, k => preset with { ClassCount = k }, MaskRcnnGraphs.Parameters)).FirstOrDefault(config => config is not null);
        return found is not null && said is null && file.Keys.Any(IsCounted) ? found with { Backbone = found.Backbone with { BatchNormEpsilon = 1e-5 } } : found;
    }

    /// <summary>What to say of a checkpoint that is not what was wanted: what it is instead, where that can be told.</summary>
    /// <param name="file">An open checkpoint.</param>
    /// <param name="wanted">What was wanted, with its article.</param>
    internal static InvalidWeightsException Stranger(WeightFile file, string wanted) => new(file.Path, $"it holds {Told(file)}, not {wanted}");

    /// <summary>Whether a checkpoint's names are those of a SAM.</summary>
    /// <param name="file">An open checkpoint.</param>
    internal static bool LooksLikeSam(WeightFile file) => file.Keys.Any(key => key.Contains("mask_decoder.", StringComparison.Ordinal));

    private static string Told(WeightFile file) =>
        SeedlingWeights.Recognises(file) ? "a Seedling, which answers prompts (maskwright segment)"
        : LooksLikeSam(file) ? "a SAM, which answers prompts (maskwright segment)"
        : Semantic(file) is { } semantic ? $"{semantic.Name}, which gives every pixel a class (maskwright label)"
        : Instances(file) is { } instances ? $"{instances.Name}, which finds objects (maskwright instances)"
        : $"no network that is known; its {file.Count} tensors begin with {string.Join(", ", file.Keys.Order(StringComparer.Ordinal).Take(3))}";

    // Frozen normalisations, whose epsilon was 0 when torchvision's weights were trained, do not count their batches.
    private static bool IsCounted(string key) => key.EndsWith("bn1.num_batches_tracked", StringComparison.Ordinal);

    private static T? Fit<T>(WeightFile file, IReadOnlyList<KeyMap> layouts, Func<int, T> withClasses, Func<T, IReadOnlyList<Parameter>> parameters)
        where T : class
    {
        var layout = KeyMap.Choose(layouts, file.Keys);
        var renamed = layout.Rename(file);
        var (two, three) = (parameters(withClasses(2)), parameters(withClasses(3)));
        if (!two.Select(p => p.Name).ToHashSet().SetEquals(renamed.Keys))
        {
            return null;
        }

        var (parameter, axis) = two.Zip(three).SelectMany(pair => pair.First.Shape.Select((dim, i) => (Pair: pair, Axis: i))).Where(x => !x.Pair.First.Shape[x.Axis].Equals(x.Pair.Second.Shape[x.Axis]))
            .Select(x => (x.Pair.First, x.Axis)).First();
        var tensor = renamed[parameter.Name];
        if (tensor.Shape.Count <= axis || tensor.Shape[axis] is < 1 or > 1 << 16)
        {
            return null;
        }

        var config = withClasses((int)(tensor.Shape[axis] * 2 / parameter.Shape[axis].Size!.Value)); // parameters have known sizes
        return parameters(config).All(p => renamed[p.Name].Shape.SequenceEqual(p.Shape.ToSizes())) ? config : null;
    }
}
