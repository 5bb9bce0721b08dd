using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>What the functions on the allow-list do: they describe tensors, and check each description against its storage.</summary>
/// <remarks>Arguments as in PyTorch, torch/_utils.py and torch/_tensor.py.</remarks>
internal static class TorchRebuild
{
    private const int MostDimensions = 16;

    // A view that repeats elements (stride 0) may be larger than its storage; beyond this it is taken for an attack on memory.
    private const int MostRepeatedElements = 1 << 16;

    /// <summary>storage, offset, size, stride, ...</summary>
    public static object Tensor(object?[] arguments)
    {
        var storage = Argument<TorchStorage>(arguments, 0, "a storage");
        return Describe(storage, storage.Record.Type ?? throw new PickleException("a tensor lacks its element type"), arguments);
    }

    /// <summary>storage, offset, size, stride, requires_grad, hooks, dtype, ...</summary>
    public static object TypedTensor(object?[] arguments)
    {
        var global = Argument<PickleGlobal>(arguments, 6, "an element type");
        return Describe(Argument<TorchStorage>(arguments, 0, "a storage"), global.Type ?? throw new PickleException("a tensor lacks its element type"), arguments);
    }

    /// <summary>data, requires_grad, hooks, ...</summary>
    public static object Parameter(object?[] arguments) => Argument<TorchTensor>(arguments, 0, "a tensor");

    /// <summary>function, type, arguments, state.</summary>
    public static object? FromType(object?[] arguments)
    {
        var function = Argument<PickleGlobal>(arguments, 0, "a function");
        var isRebuild = function.FullName.StartsWith("torch._utils._rebuild_", StringComparison.Ordinal);
        return isRebuild && function.Call is { } call
            ? call(Argument<PickleTuple>(arguments, 2, "a tuple").Items)
            : throw new PickleException($"a tensor is to be made by {function.FullName}");
    }

    /// <summary>A torch.Size is the tuple it is made of.</summary>
    public static object Size(object?[] arguments) => arguments.Length == 0 ? PickleTuple.Empty : Argument<PickleTuple>(arguments, 0, "a tuple");

    /// <summary>Nothing, or (from Python 2) a list of pairs.</summary>
    public static object OrderedDict(object?[] arguments)
    {
        var dict = new PickleDict();
        if (arguments.Length > 0)
        {
            var list = Argument<PickleList>(arguments, 0, "a list");
            dict.Items.AddRange(list.IsTaken ? throw new PickleException("two OrderedDicts are made of one list") : list.Items.Select(Pair));
            list.IsTaken = true;
        }

        return dict;
    }

    private static (object? Key, object? Value) Pair(object? item) => item switch
    {
        PickleTuple { Items.Length: 2 } tuple => (tuple.Items[0], tuple.Items[1]),
        PickleList { Items.Count: 2 } list => (list.Items[0], list.Items[1]),
        _ => throw new PickleException("an OrderedDict is made of something that is no pair"),
    };

    private static TorchTensor Describe(TorchStorage storage, ElementType type, object?[] arguments)
    {
        var offset = arguments.Length > 1 && arguments[1] is long number ? number : -1;
        var shape = Numbers(arguments, 2);
        var strides = Numbers(arguments, 3);
        var elements = TensorSize.Elements(shape);
        if (offset < 0 || shape.Length != strides.Length || elements is null || strides.Any(stride => stride < 0))
        {
            throw new PickleException($"a tensor has an impossible form: offset {offset}, sizes [{string.Join(", ", shape)}], strides [{string.Join(", ", strides)}]");
        }

        CheckWithin(storage, type, offset, shape, strides, elements.Value);
        return new TorchTensor(storage, type, offset, shape, strides);
    }

    private static void CheckWithin(TorchStorage storage, ElementType type, long offset, long[] shape, long[] strides, long elements)
    {
        var available = storage.ByteCount / type.ByteSize();
        var last = shape.Zip(strides).Aggregate((Int128)offset, (sum, axis) => sum + ((Int128)(axis.First - 1) * axis.Second));
        if (elements > 0 && last >= available)
        {
            throw new PickleException($"a tensor [{string.Join(", ", shape)}] reaches beyond its storage {ReadableName.Of(storage.Record.Key)} of {available} elements");
        }

        if (elements > Math.Max(available, MostRepeatedElements))
        {
            throw new PickleException($"a tensor [{string.Join(", ", shape)}] repeats the {available} elements of its storage {ReadableName.Of(storage.Record.Key)} too often");
        }
    }

    private static long[] Numbers(object?[] arguments, int index)
    {
        var items = Argument<PickleTuple>(arguments, index, "a tuple of numbers").Items;
        return items.Length <= MostDimensions && items.All(item => item is long)
            ? [.. items.Cast<long>()]
            : throw new PickleException("the sizes or strides of a tensor are not whole numbers");
    }

    private static T Argument<T>(object?[] arguments, int index, string wanted)
        where T : class
        => (index < arguments.Length ? arguments[index] as T : null) ?? throw new PickleException($"a function is called without {wanted} as argument {index}");
}
