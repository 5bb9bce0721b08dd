using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>The allow-list: every name that a PyTorch checkpoint of plain tensors may ask for, and what it does here.</summary>
internal static class TorchGlobals
{
    private static readonly Dictionary<string, ElementType> Storages = new()
    {
        ["FloatStorage"] = ElementType.Float32,
        ["HalfStorage"] = ElementType.Float16,
        ["BFloat16Storage"] = ElementType.BFloat16,
        ["DoubleStorage"] = ElementType.Float64,
        ["CharStorage"] = ElementType.Int8,
        ["ByteStorage"] = ElementType.UInt8,
        ["ShortStorage"] = ElementType.Int16,
        ["IntStorage"] = ElementType.Int32,
        ["LongStorage"] = ElementType.Int64,
        ["BoolStorage"] = ElementType.Bool,
    };

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["float32"] = ElementType.Float32,
        ["float"] = ElementType.Float32,
        ["float16"] = ElementType.Float16,
        ["half"] = ElementType.Float16,
        ["bfloat16"] = ElementType.BFloat16,
        ["float64"] = ElementType.Float64,
        ["double"] = ElementType.Float64,
        ["int8"] = ElementType.Int8,
        ["uint8"] = ElementType.UInt8,
        ["int16"] = ElementType.Int16,
        ["uint16"] = ElementType.UInt16,
        ["int32"] = ElementType.Int32,
        ["uint32"] = ElementType.UInt32,
        ["int64"] = ElementType.Int64,
        ["uint64"] = ElementType.UInt64,
        ["bool"] = ElementType.Bool,
    };

    private static readonly Dictionary<string, PickleGlobal> Allowed = List().ToDictionary(global => global.FullName);

    /// <summary>What a name stands for.</summary>
    /// <exception cref="PickleException">It is not on the list.</exception>
    public static PickleGlobal Find(string module, string name) => Allowed.TryGetValue($"{module}.{name}", out var global)
        ? global
        : throw new PickleException($"the checkpoint asks for {ReadableName.Of($"{module}.{name}")}, which is not on the list of names that are safe to load");

    private static IEnumerable<PickleGlobal> List()
    {
        foreach (var (name, type) in Storages)
        {
            yield return new PickleGlobal($"torch.{name}", null, type, IsStorage: true);
            yield return new PickleGlobal($"torch.cuda.{name}", null, type, IsStorage: true);
        }

        foreach (var (name, type) in Types)
        {
            yield return new PickleGlobal($"torch.{name}", null, type);
        }

        yield return new PickleGlobal("torch.UntypedStorage", null, IsStorage: true);
        yield return new PickleGlobal("torch.storage.UntypedStorage", null, IsStorage: true);
        yield return new PickleGlobal("torch._utils._rebuild_tensor", TorchRebuild.Tensor);
        yield return new PickleGlobal("torch._utils._rebuild_tensor_v2", TorchRebuild.Tensor);
        yield return new PickleGlobal("torch._utils._rebuild_tensor_v3", TorchRebuild.TypedTensor);
        yield return new PickleGlobal("torch._utils._rebuild_parameter", TorchRebuild.Parameter);
        yield return new PickleGlobal("torch._utils._rebuild_parameter_with_state", TorchRebuild.Parameter);
        yield return new PickleGlobal("torch._tensor._rebuild_from_type_v2", TorchRebuild.FromType);
        yield return new PickleGlobal("torch.Tensor", null);
        yield return new PickleGlobal("torch.nn.parameter.Parameter", null);
        yield return new PickleGlobal("torch.Size", TorchRebuild.Size);
        yield return new PickleGlobal("torch.device", _ => PickleOpaque.Instance);
        yield return new PickleGlobal("collections.OrderedDict", TorchRebuild.OrderedDict);
        foreach (var name in (string[])["__builtin__.set", "builtins.set", "_codecs.encode", "numpy.dtype", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar"])
        {
            yield return new PickleGlobal(name, _ => PickleOpaque.Instance);
        }
    }
}
