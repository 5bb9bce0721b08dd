using System.Runtime.InteropServices;
using Maskwright.Graphs.Weights;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

/// <summary>The forms in which versions of PyTorch and Python write one and the same tensor.</summary>
public sealed class TorchPickleTests
{
    private static readonly byte[] Four = MemoryMarshal.AsBytes<float>([1, 2, 3, 4]).ToArray();

    [Fact]
    public void Reads_a_state_dict_with_metadata_as_an_attribute()
    {
        var pickle = PickleText.Protocol(2).Global("collections", "OrderedDict").Letters(")R(").Unicode("w").Tensor("FloatStorage", "0", 4, 0, [4], [1])
            .Letters("u}").Unicode("_metadata").Global("collections", "OrderedDict").Letters(")Rsb.");

        Assert.Equal([1, 2, 3, 4], Read(pickle));
    }

    [Fact]
    public void Reads_an_ordered_dict_of_python_2_as_a_list_of_pairs()
    {
        var pickle = PickleText.Protocol(2).Global("collections", "OrderedDict").Letters("(](]").Letters("(").Unicode("w")
            .Tensor("FloatStorage", "0", 4, 0, [2, 2], [2, 1]).Letters("eetR.");

        Assert.Equal([1, 2, 3, 4], Read(pickle));
    }

    [Fact]
    public void Reads_a_tensor_over_an_untyped_storage()
    {
        var pickle = PickleText.Protocol(2).Letters("}").Unicode("w").Global("torch._utils", "_rebuild_tensor_v3")
            .Letters("((").Unicode("storage").Global("torch.storage", "UntypedStorage").Unicode("0").Unicode("cpu").Number(16).Letters("tQ")
            .Number(1).Tuple(2).Tuple(2).Raw(0x89).Global("collections", "OrderedDict").Letters(")R").Global("torch", "float32").Letters("}tRs.");

        Assert.Equal([2, 4], Read(pickle));
    }

    [Fact]
    public void Reads_a_parameter_with_attributes_as_its_tensor()
    {
        var pickle = PickleText.Protocol(2).Letters("}").Unicode("w").Global("torch._tensor", "_rebuild_from_type_v2").Letters("(")
            .Global("torch._utils", "_rebuild_parameter").Global("torch.nn.parameter", "Parameter").Letters("(")
            .Tensor("FloatStorage", "0", 4, 0, [4], [1]).Raw(0x88).Letters("Nt}tRs.");

        Assert.Equal([1, 2, 3, 4], Read(pickle));
    }

    [Fact]
    public void Reads_a_part_of_a_storage()
    {
        var pickle = PickleText.Protocol(2).Letters("}").Unicode("w").Global("torch._utils", "_rebuild_tensor")
            .Letters("((").Unicode("storage").Global("torch", "FloatStorage").Unicode("0").Unicode("cpu").Number(4)
            .Letters("(").Unicode("view").Number(1).Number(2).Letters("ttQ").Number(1).Tuple(1).Tuple(1).Letters("tRs.");

        Assert.Equal([3], Read(pickle));
    }

    [Fact]
    public void Passes_over_numpy_scalars_sets_and_devices_beside_the_tensors()
    {
        var pickle = PickleText.Protocol(4).Letters("}(").Unicode("best")
            .Global("numpy.core.multiarray", "scalar").Letters("(").Global("numpy", "dtype").Letters("(").Unicode("f8").Raw(0x89, 0x88).Letters("tR(tb")
            .Raw((byte)'C', 1, 0).Letters("tR").Unicode("device").Global("torch", "device").Letters("(").Unicode("cuda").Letters("tR")
            .Unicode("set").Raw(0x8f).Letters("(").Number(1).Raw(0x90)
            .Unicode("model").Letters("}").Unicode("w").Tensor("FloatStorage", "0", 4, 0, [4], [1]).Letters("su.");

        using var file = WeightFile.FromBytes(PickleText.Zip(pickle.ToArray(), ("data/0", Four)), "test");

        Assert.Equal(["w"], file.Keys);
        Assert.Equal(["best", "device", "set"], file.OtherEntries);
    }

    [Fact]
    public void Takes_away_the_prefixes_of_parallel_and_compiled_modules_only_where_all_keys_have_them()
    {
        var all = PickleText.Protocol(2).Letters("}(").Unicode("module._orig_mod.a").Tensor("FloatStorage", "0", 4, 0, [4], [1])
            .Unicode("module._orig_mod.b").Tensor("FloatStorage", "0", 4, 0, [4], [1]).Letters("u.");
        var some = PickleText.Protocol(2).Letters("}(").Unicode("module.a").Tensor("FloatStorage", "0", 4, 0, [4], [1])
            .Unicode("b").Tensor("FloatStorage", "0", 4, 0, [4], [1]).Letters("u.");

        using var stripped = WeightFile.FromBytes(PickleText.Zip(all.ToArray(), ("data/0", Four)), "test");
        using var kept = WeightFile.FromBytes(PickleText.Zip(some.ToArray(), ("data/0", Four)), "test");

        Assert.Equal(["a", "b"], stripped.Keys);
        Assert.Equal(["module.a", "b"], kept.Keys);
    }

    private static float[] Read(PickleText pickle)
    {
        using var file = WeightFile.FromBytes(PickleText.Zip(pickle.ToArray(), ("data/0", Four)), "test");
        return file["w"].ToFloat32();
    }
}
