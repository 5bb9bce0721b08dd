using System.Collections.Concurrent;
using System.Text.Json;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Sam;
using Maskwright.Testing;

namespace Maskwright.Networks.Tests.Sam;

/// <summary>Networks with weights computed from parameter names, as the goldens have them.</summary>
internal static class SyntheticSam
{
    public static SamConfig Tiny { get; } = new()
    {
        Name = "tiny",
        Encoder = VitEncoderConfig.Uniform(48, 4, 4, 192, 1, 3) with { ImageSize = 256, WindowSize = 5 },
        PromptDim = 32,
        DecoderMlpWidth = 64,
        QualityHeadWidth = 32,
    };

    private static readonly ConcurrentDictionary<string, Lazy<WeightFile>> Made = [];

    /// <summary>Weights for every parameter that the network itself names; made once, kept for all tests.</summary>
    public static WeightFile Weights(SamConfig config) => Made.GetOrAdd(config.Name, _ => new(() => WeightFile.FromArrays(
        SamGraphs.Parameters(config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes())))))).Value;

    /// <summary>Names and shapes of a reference's state dict, buffers of the training left out.</summary>
    public static IReadOnlyList<(string Name, long[] Shape)> Keys(params string[] golden)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Goldens.Open(golden)));
        return
        [
            .. json.RootElement.GetProperty("keys").EnumerateArray()
                .Select(entry => (Name: entry[0].GetString()!, Shape: entry[1].EnumerateArray().Select(size => size.GetInt64()).ToArray()))
                .Where(entry => !entry.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal) && !entry.Name.StartsWith("image_encoder.head", StringComparison.Ordinal)
                    && !entry.Name.StartsWith("image_encoder.norm_head", StringComparison.Ordinal)),
        ];
    }
}
