using System.Text.Json;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.Sam;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Sam;

public sealed class SamKeyMapTests
{
    private const string PositionMatrix = "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix";

    [Theory]
    [InlineData("tiny_sam.pth")]
    [InlineData("tiny_sam.safetensors")]
    [InlineData("hf/model.safetensors")]
    public void Finds_every_parameter_in_every_layout(string name)
    {
        var wanted = Wanted("sam_tiny", "keys_original.json");
        using var reference = WeightFile.Open(Goldens.Open("sam_tiny", "tiny_sam.safetensors"));
        using var file = WeightFile.Open(Goldens.Open("sam_tiny", name));

        var weights = KeyMap.Resolve(SamKeyMap.All, wanted, file);

        Assert.Equal(wanted.Select(parameter => parameter.Name), weights.Keys);
        Assert.All(weights, pair => Assert.True(pair.Value.Bytes.SequenceEqual(reference[pair.Key].Bytes), pair.Key));
    }

    [Fact]
    public void Maps_hugging_face_names_as_the_reference_table_does()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(Goldens.Open("sam_tiny", "key_map.json")));
        var pairs = table.RootElement.GetProperty("original_to_hf").EnumerateObject().Select(pair => (Original: pair.Name, Hf: pair.Value.GetString()!)).ToList();
        using var file = WeightFile.FromArrays(pairs.Select((pair, i) => (pair.Hf, (IReadOnlyList<long>)[1L], new float[] { i })));

        var renamed = SamKeyMap.HuggingFace.Rename(file);

        Assert.Equal(pairs.Count, renamed.Count);
        Assert.All(pairs.Select((pair, i) => (pair.Original, i)), item => Assert.Equal([item.i], renamed[item.Original].ToFloat32()));
    }

    [Theory]
    [InlineData("prompt_encoder.shared_embedding.positional_embedding")]
    [InlineData("shared_image_embedding.positional_embedding")]
    public void Accepts_either_of_the_tied_position_matrices(string stored)
    {
        using var file = WeightFile.FromArrays([(stored, [2, 1], [3f, 4f])]);

        var weights = SamKeyMap.HuggingFace.Resolve([new ParameterShape(PositionMatrix, [2, 1])], file);

        Assert.Equal([3f, 4f], weights[PositionMatrix].ToFloat32());
    }

    [Fact]
    public void Joins_the_separate_rows_of_slimsam_training()
    {
        var prefix = "image_encoder.blocks.11.attn.";
        using var file = WeightFile.FromArrays(
        [
            (prefix + "v.weight", [1, 2], [5f, 6f]), (prefix + "q.weight", [1, 2], [1f, 2f]), (prefix + "k.weight", [1, 2], [3f, 4f]),
            (prefix + "q.bias", [1], [7f]), (prefix + "k.bias", [1], [8f]), (prefix + "v.bias", [1], [9f]), (prefix + "proj.bias", [1], [10f]),
        ]);
        ParameterShape[] wanted = [new(prefix + "qkv.weight", [3, 2]), new(prefix + "qkv.bias", [3]), new(prefix + "proj.bias", [1])];

        var weights = KeyMap.Resolve(SamKeyMap.All, wanted, file);

        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], weights[prefix + "qkv.weight"].ToFloat32());
        Assert.Equal([7f, 8f, 9f], weights[prefix + "qkv.bias"].ToFloat32());
    }

    [Fact]
    public void Reads_mobile_sam_under_its_own_names_without_batch_counters()
    {
        var all = Wanted("mobile_sam", "keys_vit_t.json");
        var wanted = all.Where(parameter => !parameter.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToList();
        using var file = WeightFile.FromArrays(all.Select(parameter => (parameter.Name, parameter.Shape, new float[parameter.Shape.Aggregate(1L, (a, b) => a * b)])));

        var weights = KeyMap.Resolve(SamKeyMap.All, wanted, file);

        Assert.Equal(wanted.Count, weights.Count);
        Assert.True(wanted.Count < all.Count);
    }

    [Fact]
    public void Loads_the_encoder_alone_from_the_whole_checkpoint()
    {
        var wanted = Wanted("sam_tiny", "keys_original.json").Where(parameter => parameter.Name.StartsWith("image_encoder.", StringComparison.Ordinal)).ToList();
        using var file = WeightFile.Open(Goldens.Open("sam_tiny", "hf", "model.safetensors"));

        var weights = KeyMap.Resolve(SamKeyMap.All, wanted, file, scope: "image_encoder.");

        Assert.Equal(wanted.Count, weights.Count);
    }

    private static List<ParameterShape> Wanted(params string[] golden)
    {
        using var keys = JsonDocument.Parse(File.ReadAllText(Goldens.Open(golden)));
        return [.. keys.RootElement.GetProperty("keys").EnumerateArray().Select(key => new ParameterShape(key[0].GetString()!, [.. key[1].EnumerateArray().Select(size => size.GetInt64())]))];
    }
}
