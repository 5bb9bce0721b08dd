using Maskwright.Graphs;
using Maskwright.Graphs.Sizes;

namespace Maskwright.Training.Torch;

/// <summary>What all operations of one forward pass share.</summary>
/// <param name="Options">How the graph runs.</param>
/// <param name="Weights">Its learned tensors.</param>
/// <param name="Mode">Whether layers learn or answer.</param>
/// <param name="Sizes">The sizes that the inputs show.</param>
/// <param name="Chance">Together with a node's name, decides what dropout drops there.</param>
/// <param name="IsRepetition">Whether the same was computed before, so that running statistics have learned from it already.</param>
internal sealed record RunContext(TorchGraphOptions Options, TorchWeights Weights, TorchMode Mode, SizeBindings Sizes, ulong Chance, bool IsRepetition = false)
{
    /// <summary>Random numbers of one node in this pass: the same whenever they are asked for.</summary>
    public torch.Generator GeneratorOf(Node node) => new(Mix(Chance, Hash(node.Name)), Weights.Device);

    /// <summary>One number from two, with no trace of either (SplitMix64; Steele et al. 2014).</summary>
    public static ulong Mix(ulong a, ulong b)
    {
        var z = a + (b * 0x9E3779B97F4A7C15) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong Hash(string name) => name.Aggregate(0xCBF29CE484222325, (hash, letter) => (hash ^ letter) * 0x100000001B3); // FNV-1a
}
