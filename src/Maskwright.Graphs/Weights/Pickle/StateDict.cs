using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>Finds the named tensors in what a checkpoint unpickles to.</summary>
internal static class StateDict
{
    private const int DeepestWrapping = 4;
    private const int LongestName = 1024;

    private static readonly string[] Wrappers = ["model", "state_dict", "model_state_dict"];
    private static readonly string[] Prefixes = ["module.", "_orig_mod."];

    /// <summary>The tensors under their keys, without the prefixes of data-parallel and compiled modules, and the keys of all else.</summary>
    /// <exception cref="PickleException">There are none.</exception>
    public static (OrderedDictionary<string, WeightTensor> Tensors, List<string> Others) Find(object? root, WeightMemory memory)
    {
        var others = new List<string>();
        var dict = Unwrap(root, others);
        var tensors = new OrderedDictionary<string, TorchTensor>();
        foreach (var (key, value) in dict.Items)
        {
            if (key is string name && value is TorchTensor tensor)
            {
                CheckName(name);
                tensors[name] = tensor;
            }
            else
            {
                others.Add(Shown(key));
            }
        }

        return tensors.Count > 0 ? (Named(tensors, memory), others) : throw new PickleException("the checkpoint holds no named tensors");
    }

    /// <summary>Keeps names short: a pickle repeats a long one for a byte, and each time it would be hashed.</summary>
    public static void CheckName(string name)
    {
        if (name.Length > LongestName)
        {
            throw new PickleException($"the checkpoint has a name of {name.Length} letters ({ReadableName.Of(name)})");
        }
    }

    private static PickleDict Unwrap(object? root, List<string> others)
    {
        for (var depth = 0; depth < DeepestWrapping; depth++)
        {
            var dict = root as PickleDict ?? throw new PickleException("the checkpoint is no dict of tensors");
            if (Array.Find(Wrappers, key => dict.TryGet(key, out var inner) && inner is PickleDict) is not { } wrapper)
            {
                return dict;
            }

            others.AddRange(dict.Items.Where(item => item.Key is not string key || key != wrapper).Select(item => Shown(item.Key)));
            dict.TryGet(wrapper, out root);
        }

        throw new PickleException("the checkpoint wraps its tensors too deeply");
    }

    private static OrderedDictionary<string, WeightTensor> Named(OrderedDictionary<string, TorchTensor> tensors, WeightMemory memory)
    {
        var prefix = 0;
        while (Array.Find(Prefixes, text => tensors.Keys.All(key => key.AsSpan(prefix).StartsWith(text))) is { } next)
        {
            prefix += next.Length;
        }

        var named = new OrderedDictionary<string, WeightTensor>(tensors.Count);
        foreach (var (key, tensor) in tensors)
        {
            named.Add(key[prefix..], tensor.ToWeight(key[prefix..], memory));
        }

        return named;
    }

    private static string Shown(object? key) => key switch
    {
        string text => ReadableName.Of(text),
        long number => $"{number}",
        null => "None",
        _ => "(a key that is no text)",
    };
}
