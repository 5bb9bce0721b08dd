using System.Text;

namespace Maskwright.Testing;

/// <summary>Tensors that can be rebuilt from their names alone: splitmix64 seeded by FNV-1a, as shared/goldens/SYNTHETIC.md has it.</summary>
public static class SyntheticTensor
{
    private const int Block = 1 << 16;

    private static readonly string[] SmallWords =
        ["pos_embed", "rel_pos", "attention_biases", "point_embeddings", "not_a_point_embed", "no_mask_embed", "iou_token", "mask_tokens"];

    /// <summary>FNV-1a, 64 bit, over the UTF-8 bytes of the name.</summary>
    public static ulong Seed(string name)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 0x100000001b3UL;
        }

        return hash;
    }

    /// <summary>Element <paramref name="index"/> of the 64-bit sequence.</summary>
    public static ulong Bits(ulong seed, long index)
    {
        var s = seed + ((ulong)(index + 1) * 0x9E3779B97F4A7C15UL);
        var z = (s ^ (s >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Element <paramref name="index"/> as a 24-bit uniform number in [0,1).</summary>
    public static double Uniform(ulong seed, long index) => (Bits(seed, index) >> 40) / (double)(1 << 24);

    /// <summary>An input tensor: uniform in [-1,1), cast to float32.</summary>
    public static float[] Input(string name, params int[] shape)
    {
        var seed = Seed(name);
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((2 * Uniform(seed, i)) - 1);
        }

        return values;
    }

    /// <summary>A parameter of a network, by the key of its original layout; factor and summand are those of a golden's overrides.</summary>
    public static float[] Weight(string name, IReadOnlyList<long> shape, string salt = "", double factor = 1, double summand = 0)
    {
        var seed = Seed(salt + name);
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        var (scale, add, signed) = Rule(name, shape);
        Parallel.For(0, (values.Length + Block - 1) / Block, block =>
        {
            for (var i = block * Block; i < Math.Min(values.Length, (block + 1) * Block); i++)
            {
                var u = Uniform(seed, i);
                values[i] = (float)(((add + (scale * (signed ? (2 * u) - 1 : u))) * factor) + summand);
            }
        });
        return values;
    }

    private static (double Scale, double Add, bool Signed) Rule(string name, IReadOnlyList<long> shape) => name switch
    {
        _ when name.EndsWith("num_batches_tracked", StringComparison.Ordinal) => (0, 0, true),
        _ when name.EndsWith("running_var", StringComparison.Ordinal) => (0.5, 1, false),
        _ when name.EndsWith("running_mean", StringComparison.Ordinal) => (0.1, 0, true),
        _ when name.Contains("gaussian_matrix", StringComparison.Ordinal) => (1.7320508, 0, true),
        _ when SmallWords.Any(word => name.Contains(word, StringComparison.Ordinal)) => (0.1, 0, true),
        _ when shape.Count == 0 => (0, 0, true),
        _ when shape.Count == 1 && name.EndsWith("weight", StringComparison.Ordinal) => (0.1, 1, true),
        _ when shape.Count == 1 => (0.05, 0, true),
        _ => (Math.Sqrt(3.0 / shape.Skip(1).Aggregate(1L, (a, b) => a * b)), 0, true),
    };
}
