using System.Security.Cryptography;
using System.Text;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks;

/// <summary>Names a model, its weights and how its results are rounded exactly.</summary>
internal static class WeightIdentity
{
    /// <summary>The name and a hash of all tensors; safe in a file name where the name is.</summary>
    public static string Of(string name, IReadOnlyDictionary<string, WeightTensor> weights, IGraphEngine engine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, tensor) in weights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{key} {tensor.Type} {string.Join(',', tensor.Shape)}\n"));
            hash.AppendData(tensor.Bytes);
        }

        return $"{name}{(engine.Rounding is { } rounding ? $"-{rounding}" : string.Empty)}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..24]}";
    }
}
