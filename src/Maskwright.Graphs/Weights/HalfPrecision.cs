using Maskwright.Graphs.Weights.Storage;

namespace Maskwright.Graphs.Weights;

/// <summary>Weights in half the room, for files that are shipped.</summary>
public static class HalfPrecision
{
    /// <summary>Rounds every matrix and filter to 16-bit floats; vectors (biases, normalisations and their statistics) stay 32-bit floats, for they are few.</summary>
    /// <param name="weights">Tensors by name; not needed afterwards.</param>
    /// <param name="name">How errors call the result.</param>
    /// <returns>The same names and shapes; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A number is not finite or too large for 16 bits; names the tensor.</exception>
    public static unsafe WeightFile Of(IEnumerable<KeyValuePair<string, WeightTensor>> weights, string name = "weights in half precision")
    {
        ArgumentNullException.ThrowIfNull(weights);
        var memory = WeightMemory.WithoutFile();
        var tensors = new OrderedDictionary<string, WeightTensor>();
        try
        {
            foreach (var (key, tensor) in weights)
            {
                var isHalved = tensor.Shape.Count > 1;
                var values = tensor.ToFloat32();
                var region = memory.Allocate(values.LongLength * (isHalved ? sizeof(Half) : sizeof(float)));
                if (isHalved)
                {
                    Round(values, new Span<Half>(region.Start, values.Length), key);
                }
                else
                {
                    values.CopyTo(new Span<float>(region.Start, values.Length));
                }

                tensors.Add(key, new WeightTensor(key, isHalved ? ElementType.Float16 : ElementType.Float32, tensor.Shape, memory, () => region));
            }
        }
        catch
        {
            memory.Dispose();
            throw;
        }

        return new WeightFile(name, WeightFormat.Memory, memory, tensors);
    }

    private static void Round(float[] values, Span<Half> rounded, string key)
    {
        for (var i = 0; i < values.Length; i++)
        {
            rounded[i] = (Half)values[i];
            if (!Half.IsFinite(rounded[i]))
            {
                throw new ArgumentException($"{key} holds {values[i]}, which 16 bits cannot.");
            }
        }
    }
}
