using System.Text.Json;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.MaskRcnn;

namespace Maskwright.Networks.Semantic;

/// <summary>What a checkpoint of this house says of itself in its header: the network's sizes and the class names.</summary>
public static class NetworkMetadata
{
    private const string SemanticKey = "maskwright.semantic";
    private const string InstanceKey = "maskwright.instances";
    private const string ClassKey = "maskwright.classes";

    /// <summary>The entries for a semantic network.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="classNames">K names.</param>
    /// <returns>For <see cref="Graphs.Weights.Safetensors.SafetensorsWriter"/>.</returns>
    public static Dictionary<string, string> Of(SemanticNetworkConfig config, IReadOnlyList<string> classNames) => new()
    {
        [SemanticKey] = JsonSerializer.Serialize(config),
        [ClassKey] = JsonSerializer.Serialize(classNames),
    };

    /// <summary>The entries for a Mask R-CNN.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="classNames">K names, background first.</param>
    /// <returns>For <see cref="Graphs.Weights.Safetensors.SafetensorsWriter"/>.</returns>
    public static Dictionary<string, string> Of(MaskRcnnConfig config, IReadOnlyList<string> classNames) => new()
    {
        [InstanceKey] = JsonSerializer.Serialize(config),
        [ClassKey] = JsonSerializer.Serialize(classNames),
    };

    /// <summary>The sizes of a semantic network; null where the checkpoint says none.</summary>
    /// <param name="file">An open checkpoint.</param>
    /// <exception cref="InvalidWeightsException">What it says cannot be read.</exception>
    public static SemanticNetworkConfig? Semantic(WeightFile file) => Read<SemanticNetworkConfig>(file, SemanticKey);

    /// <summary>The sizes of a Mask R-CNN; null where the checkpoint says none.</summary>
    /// <param name="file">An open checkpoint.</param>
    /// <exception cref="InvalidWeightsException">What it says cannot be read.</exception>
    public static MaskRcnnConfig? Instances(WeightFile file) => Read<MaskRcnnConfig>(file, InstanceKey);

    /// <summary>The class names; null where the checkpoint says none.</summary>
    /// <param name="file">An open checkpoint.</param>
    /// <exception cref="InvalidWeightsException">What it says cannot be read.</exception>
    public static IReadOnlyList<string>? ClassNames(WeightFile file) => Read<string[]>(file, ClassKey);

    private static T? Read<T>(WeightFile file, string key)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.Metadata.TryGetValue(key, out var text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidWeightsException(file.Path, $"its entry {key} cannot be read: {e.Message}", e);
        }
    }
}
