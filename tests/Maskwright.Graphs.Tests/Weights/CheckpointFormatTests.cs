using System.Text.Json;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

/// <summary>Small checkpoints that torch 1.13 wrote, with their values.</summary>
[Trait("Kind", "parity")]
public sealed class CheckpointFormatTests
{
    private static readonly Dictionary<string, ElementType> TypeNames = new()
    {
        ["float32"] = ElementType.Float32,
        ["float16"] = ElementType.Float16,
        ["bfloat16"] = ElementType.BFloat16,
        ["float64"] = ElementType.Float64,
        ["int64"] = ElementType.Int64,
        ["int32"] = ElementType.Int32,
        ["uint8"] = ElementType.UInt8,
        ["bool"] = ElementType.Bool,
    };

    [Theory]
    [InlineData("mixed_zip.pth", WeightFormat.TorchZip)]
    [InlineData("mixed_legacy.pth", WeightFormat.TorchLegacy)]
    public void Reads_every_type_and_view_of_a_pytorch_checkpoint(string name, WeightFormat format)
    {
        using var expected = Expected();

        using var file = WeightFile.Open(Goldens.Open("checkpoint_formats", name));

        Assert.Equal(format, file.Format);
        var tensors = expected.RootElement.GetProperty("mixed_zip.pth and mixed_legacy.pth").EnumerateObject().ToList();
        Assert.Equal(tensors.Select(tensor => tensor.Name), file.Keys);
        foreach (var tensor in tensors)
        {
            var actual = file[tensor.Name];
            Assert.Equal(TypeNames[tensor.Value.GetProperty("dtype").GetString()!], actual.Type);
            Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), actual.Shape);
            Assert.Equal(Numbers(tensor.Value.GetProperty("values")), actual.ToFloat32());
            Assert.Equal(0, actual.Address % actual.Type.ByteSize());
        }
    }

    [Theory]
    [InlineData("wrapped_model.pth", "tensors under key model", new[] { "epoch", "best", "name", "optimizer" })]
    [InlineData("wrapped_state_dict_module_prefix.pth", "tensors under key state_dict, names prefixed module.", new[] { "args" })]
    public void Finds_the_tensors_of_a_wrapped_checkpoint(string name, string golden, string[] others)
    {
        using var expected = Expected();

        using var file = WeightFile.Open(Goldens.Open("checkpoint_formats", name));

        var tensors = expected.RootElement.GetProperty(name).GetProperty(golden);
        Assert.Equal(["w", "b"], file.Keys);
        Assert.Equal([3, 4], file["w"].Shape);
        Assert.Equal(Numbers(tensors.GetProperty("w")), file["w"].ToFloat32());
        Assert.Equal(Numbers(tensors.GetProperty("b")), file["b"].ToFloat32());
        Assert.Equal(others, file.OtherEntries);
    }

    [Fact]
    public void Reads_a_parameter_as_the_tensor_it_holds()
    {
        using var expected = Expected();

        using var file = WeightFile.Open(Goldens.Open("checkpoint_formats", "parameter_object.pth"));

        Assert.Equal(Numbers(expected.RootElement.GetProperty("parameter_object.pth").GetProperty("p")), file["p"].ToFloat32());
    }

    [Fact]
    public void Reads_safetensors_whose_data_are_out_of_order_and_misaligned()
    {
        using var expected = Expected();

        using var file = WeightFile.Open(Goldens.Open("checkpoint_formats", "mixed.safetensors"));

        Assert.Equal(WeightFormat.Safetensors, file.Format);
        Assert.Equal(["z", "a", "h", "e", "s", "b"], file.Keys);
        Assert.Equal("pt", file.Metadata["format"]);
        foreach (var tensor in expected.RootElement.GetProperty("mixed.safetensors").EnumerateObject())
        {
            Assert.Equal(Numbers(tensor.Value), file[tensor.Name].ToFloat32());
            Assert.Equal(0, file[tensor.Name].Address % file[tensor.Name].Type.ByteSize());
        }
    }

    [Theory]
    [InlineData("sam_tiny", "tiny_sam")]
    [InlineData("sam_amg", "tiny_trained")]
    public void Finds_the_same_tensors_in_both_formats(string folder, string name)
    {
        using var torch = WeightFile.Open(Goldens.Open(folder, $"{name}.pth"));
        using var safetensors = WeightFile.Open(Goldens.Open(folder, $"{name}.safetensors"));

        Assert.Equal(safetensors.Keys, torch.Keys);
        Assert.All(torch, pair => Assert.True(pair.Value.Bytes.SequenceEqual(safetensors[pair.Key].Bytes), pair.Key));
    }

    [Theory]
    [InlineData("empty.safetensors", "empty")]
    [InlineData("header_length_huge.safetensors", "claims")]
    [InlineData("size_mismatch.safetensors", "z")]
    [InlineData("truncated.safetensors", "cut off")]
    [InlineData("truncated_zip.pth", "cut off")]
    public void Refuses_a_damaged_file_by_name_and_fault(string name, string fault)
    {
        var path = Goldens.Open("checkpoint_formats", "bad", name);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidWeightsException>(() => WeightFile.Open(path));

        Assert.Equal(path, error.Path);
        Assert.Contains(fault, error.Reason, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    private static JsonDocument Expected() => JsonDocument.Parse(File.ReadAllText(Goldens.Open("checkpoint_formats", "formats.json")));

    private static IEnumerable<float> Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.True => [1],
        JsonValueKind.False => [0],
        _ => [(float)value.GetDouble()],
    };
}
