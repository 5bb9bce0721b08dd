using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Seedling;

/// <summary>The weights from which training begins.</summary>
/// <remarks>
/// Convolutions and linear layers: He et al. 2015, normal. The last layer of everything that is added to a stream begins at zero (Goyal et al. 2017; Zhang et
/// al. 2019, Fixup), so that the network begins shallow and the decoder is stable without normalisation.
/// </remarks>
public static class SeedlingInitialisation
{
    private const float Sharpness = 10;
    private const double MaskScale = 0.1;

    // Few cells are borders, walls or objects: what the network says before it knows anything.
    private static readonly (string Suffix, float Value)[] s_biases =
    [
        ("encoder.boundary.bias", -3),
        ("encoder.walls.1.bias", -2),
    ];

    /// <summary>Draws weights for both graphs.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="seed">Equal seeds give equal weights.</param>
    /// <returns>A tensor for every parameter of <see cref="SeedlingGraphs.Parameters"/>; the caller disposes it.</returns>
    public static WeightFile Create(SeedlingConfig config, int seed)
    {
        var random = new Random(seed);
        return WeightFile.FromArrays(
            SeedlingGraphs.Parameters(config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), Draw(config, p, random))), $"{config.Name} before training");
    }

    private static float[] Draw(SeedlingConfig config, Parameter parameter, Random random)
    {
        switch (parameter.Name)
        {
            case SeedlingPrior.WeightName:
                return SeedlingPrior.Weights(config);
            case SeedlingPrior.BiasName:
                return SeedlingPrior.Biases();
            default:
                return Draw(parameter, random);
        }
    }

    private static float[] Draw(Parameter parameter, Random random)
    {
        var (name, values) = (parameter.Name, new float[parameter.Shape.ElementCount!.Value]); // parameters have known sizes
        if (Constant(name, parameter.Shape.Count) is { } constant)
        {
            Array.Fill(values, constant);
            return values;
        }

        var taken = parameter.Shape.Skip(1).Aggregate(1L, (product, dim) => product * dim.Size!.Value); // likewise
        var deviation = Math.Sqrt(2.0 / taken) * (IsMaskHead(name) ? MaskScale : 1);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * Normal(random));
        }

        return values;
    }

    private static float? Constant(string name, int rank) => name switch
    {
        _ when s_biases.FirstOrDefault(b => name.EndsWith(b.Suffix, StringComparison.Ordinal)) is { Suffix: not null } bias => bias.Value,
        _ when name.EndsWith(".sharpness", StringComparison.Ordinal) => Sharpness,
        _ when name.EndsWith(".last.weight", StringComparison.Ordinal) || name.EndsWith("last.norm.weight", StringComparison.Ordinal) => 0,
        _ when name.EndsWith(".running_var", StringComparison.Ordinal) || (rank == 1 && name.EndsWith(".weight", StringComparison.Ordinal)) => 1,
        _ when rank == 1 => 0,
        _ => null,
    };

    private static bool IsMaskHead(string name) =>
        name.EndsWith(".masks.weight", StringComparison.Ordinal) || name.EndsWith("quality.2.weight", StringComparison.Ordinal) || name.EndsWith("quality.mask", StringComparison.Ordinal);

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
