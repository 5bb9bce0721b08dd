using System.Runtime.InteropServices;
using System.Text.Json;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Gradients;

/// <summary>The gradient of one parameter as a reference computed it: its norm and 16 of its elements; none for a parameter that was not used.</summary>
public sealed class ParameterGradient
{
    // The gradient of a key's bias is zero, since softmax does not see it: what is left are rounding errors of either side.
    private const double Floor = 1e-7;

    private readonly JsonElement _json;

    private ParameterGradient(JsonElement json) => _json = json;

    public string Name => _json.GetProperty("name").GetString()!; // every entry has a name

    public bool IsUsed => _json.TryGetProperty("indices", out _);

    public static IReadOnlyList<ParameterGradient> All(JsonElement outputs) =>
        [.. outputs.GetProperty("parameter_gradients").EnumerateArray().Select(json => new ParameterGradient(json))];

    /// <summary>Fails unless norm and elements agree within a part of the largest element.</summary>
    public void AssertClose(torch.Tensor? gradient, double tolerance)
    {
        if (!IsUsed)
        {
            Assert.True(gradient is null || gradient.abs().max().item<float>() == 0, $"{Name}: a gradient reached a parameter that is not used");
            return;
        }

        Assert.True(gradient is not null, $"{Name}: no gradient");
        var values = MemoryMarshal.Cast<byte, float>(gradient.contiguous().bytes);
        var allowed = Floor + (tolerance * _json.GetProperty("max_abs").GetDouble());
        var (norm, expectedNorm) = (gradient.norm().item<float>(), _json.GetProperty("norm").GetDouble());
        Assert.True(Math.Abs(norm - expectedNorm) <= Floor + (tolerance * expectedNorm), $"{Name}: the norm is {norm}, expected {expectedNorm}");
        foreach (var (index, expected) in _json.GetProperty("indices").EnumerateArray().Zip(_json.GetProperty("values").EnumerateArray()))
        {
            var actual = values[index.GetInt32()];
            Assert.True(Math.Abs(actual - expected.GetDouble()) <= allowed, $"{Name}[{index}]: {actual}, expected {expected}");
        }
    }
}
