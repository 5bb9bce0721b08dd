using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Semantic;
using Maskwright.Testing;

namespace Maskwright.Networks.Tests.Semantic;

/// <summary>Checkpoints whose numbers follow from the keys of a reference, and inputs that follow from a golden's description.</summary>
internal static class SyntheticWeights
{
    /// <summary>A checkpoint with every key that a golden names, under the reference's own names.</summary>
    public static WeightFile Checkpoint(GoldenCase golden)
    {
        var weights = golden.Root.GetProperty("weights");
        var overrides = weights.GetProperty("overrides").EnumerateArray().Select(o => (Suffix: o.GetProperty("suffix").GetString()!, Scale: Number(o, "scale", 1), Add: Number(o, "add", 0))).ToArray();
        return WeightFile.FromArrays(Keys(golden, weights).Select(key =>
        {
            var values = SyntheticTensor.Weight(key.Name, key.Shape, golden.Salt);
            foreach (var (_, scale, add) in overrides.Where(o => key.Name.EndsWith(o.Suffix, StringComparison.Ordinal)))
            {
                values = SyntheticTensor.Weight(key.Name, key.Shape, golden.Salt, scale, add);
            }

            return (key.Name, (IReadOnlyList<long>)key.Shape, values);
        }));
    }

    /// <summary>The tensors of a graph's parameters in a checkpoint of one of its layouts; all of the checkpoint must be used.</summary>
    public static IReadOnlyDictionary<string, WeightTensor> Resolve(Graph graph, IReadOnlyList<KeyMap> layouts, WeightFile file) =>
        KeyMap.Resolve(layouts, [.. graph.Parameters.Select(p => new ParameterShape(p.Name, p.Shape.ToSizes()))], file);

    /// <summary>The tensor that a golden puts in.</summary>
    public static Tensor Input(GoldenCase golden)
    {
        var x = golden.Inputs.GetProperty("x");
        int[] shape = [.. x.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
        if (x.TryGetProperty("synthetic", out var name))
        {
            return Tensor.Of(SyntheticTensor.Input(name.GetString()!, shape), [.. shape.Select(n => (long)n)]);
        }

        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        var normalisation = x.GetProperty("then").GetString()!.Contains("mean", StringComparison.Ordinal) ? PixelNormalisation.ImageNet : PixelNormalisation.UnitRange;
        normalisation.Apply(Crop(golden).Samples, values);
        return Tensor.Of(values, [.. shape.Select(n => (long)n)]);
    }

    /// <summary>The part of a photo that a golden looks at, [H,W,3].</summary>
    public static (byte[] Samples, ImageSize Size) Crop(GoldenCase golden)
    {
        var x = golden.Inputs.GetProperty("x");
        var (crop, image) = (x.GetProperty("crop"), ImageReader.Read(Goldens.Open("images", Path.GetFileName(x.GetProperty("image").GetString()!))));
        var (top, left, height, width) = (crop.GetProperty("y0").GetInt32(), crop.GetProperty("x0").GetInt32(), crop.GetProperty("h").GetInt32(), crop.GetProperty("w").GetInt32());
        byte[] samples = [.. Enumerable.Range(top, height).SelectMany(y => image.Pixels.Slice(3 * ((y * image.Size.Width) + left), 3 * width).ToArray())];
        return (samples, new ImageSize(width, height));
    }

    private static IEnumerable<(string Name, long[] Shape)> Keys(GoldenCase golden, JsonElement weights)
    {
        var group = golden.Name.Split('/')[0];
        var list = weights.GetProperty("keys").ValueKind == JsonValueKind.String
            ? JsonDocument.Parse(File.ReadAllText(Goldens.Open(group, weights.GetProperty("keys").GetString()!))).RootElement
            : weights.GetProperty("key_list");
        list = list.ValueKind == JsonValueKind.Object ? list.GetProperty("keys") : list;
        return list.EnumerateArray()
            .Select(entry => entry.ValueKind == JsonValueKind.String ? JsonDocument.Parse(entry.GetString()!).RootElement : entry)
            .Select(entry => (entry[0].GetString()!, entry[1].EnumerateArray().Select(size => size.GetInt64()).ToArray()));
    }

    private static double Number(JsonElement element, string name, double otherwise) => element.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
}
