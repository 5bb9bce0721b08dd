using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;

namespace Maskwright.Networks.Semantic;

/// <summary>The weights from which training of a semantic network begins.</summary>
/// <remarks>
/// Convolutions normal by what they take (He et al. 2015), normalisations as they do nothing, and the enlarging layers of the FCN with skips as bilinear
/// interpolation (Long et al. 2015).
/// </remarks>
public static class SemanticInitialisation
{
    /// <summary>Draws weights.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="seed">Equal seeds give equal weights.</param>
    /// <returns>A tensor for every parameter, those of an auxiliary head included; the caller disposes it.</returns>
    public static WeightFile Create(SemanticNetworkConfig config, int seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        var random = new Random(seed);
        return WeightFile.FromArrays(Parameters(config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), Draw(p, random))), $"{config.Name} before training");
    }

    /// <summary>Takes weights over from a checkpoint, perhaps of another number of classes: then only what depends on that number is drawn.</summary>
    /// <param name="file">A checkpoint of the same network; not needed afterwards.</param>
    /// <param name="config">The sizes wanted.</param>
    /// <param name="seed">For what is drawn.</param>
    /// <returns>A tensor for every parameter, which the caller disposes, and the names of those that begin anew.</returns>
    /// <exception cref="InvalidWeightsException">The checkpoint is of another network.</exception>
    /// <exception cref="WeightMismatchException">The checkpoint is of the network, but some of its sizes are others.</exception>
    public static (WeightFile Weights, IReadOnlyList<string> Renewed) From(WeightFile file, SemanticNetworkConfig config, int seed)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(config);
        using var fresh = Create(config, seed);
        var layout = KeyMap.Choose(config.Layouts, file.Keys);
        var known = layout.Rename(file);
        var (wanted, others) = (Parameters(config), Parameters(config with { ClassCount = config.ClassCount + 1 }));
        var isHead = wanted.Zip(others).Where(pair => !pair.First.Shape.ToSizes().SequenceEqual(pair.Second.Shape.ToSizes())).Select(pair => pair.First.Name).ToHashSet();
        bool Fits(Parameter p) => known.TryGetValue(p.Name, out var tensor) && tensor.Shape.SequenceEqual(p.Shape.ToSizes());
        bool MayBegin(string name) => isHead.Contains(name) || name.StartsWith("aux_classifier.", StringComparison.Ordinal);
        Parameter[] strangers = [.. wanted.Where(p => !Fits(p) && !MayBegin(p.Name))];
        if (strangers.Length > wanted.Count / 2)
        {
            throw NetworkRecognition.Stranger(file, $"{config.Name} of the sizes wanted");
        }

        if (strangers.Length > 0)
        {
            var wrong = strangers.Where(p => known.ContainsKey(p.Name)).Select(p => new ShapeMismatch(p.Name, known[p.Name].Name, p.Shape.ToSizes(), known[p.Name].Shape));
            throw new WeightMismatchException(file.Path, layout.Name, [.. strangers.Select(p => p.Name).Where(name => !known.ContainsKey(name))], [], [.. wrong]);
        }

        var weights = WeightFile.FromArrays(wanted.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), (Fits(p) ? known[p.Name] : fresh[p.Name]).ToFloat32())), file.Path);
        return (weights, [.. wanted.Where(p => !Fits(p)).Select(p => p.Name)]);
    }

    private static IReadOnlyList<Parameter> Parameters(SemanticNetworkConfig config) => config.Build(new SemanticGraphOptions { WithAuxiliary = true }).Parameters;

    private static float[] Draw(Parameter parameter, Random random)
    {
        var (name, shape, values) = (parameter.Name, parameter.Shape.ToSizes(), new float[parameter.Shape.ElementCount!.Value]); // parameters have known sizes
        if (shape.Length == 1)
        {
            Array.Fill(values, name.EndsWith(".weight", StringComparison.Ordinal) || name.EndsWith(".running_var", StringComparison.Ordinal) ? 1 : 0);
            return values;
        }

        if (name.StartsWith("upscore", StringComparison.Ordinal))
        {
            FillBilinear(values, shape);
            return values;
        }

        var deviation = Math.Sqrt(2.0 / shape.Skip(1).Aggregate(1L, (product, side) => product * side));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * Normal(random));
        }

        return values;
    }

    // [K,K,s,s]: every class enlarges its own scores.
    private static void FillBilinear(float[] values, long[] shape)
    {
        var (classes, side) = ((int)shape[0], (int)shape[3]);
        double factor = (side + 1) / 2, centre = side % 2 == 1 ? factor - 1 : factor - 0.5; // whole halves
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y, pair) = (i % side, i / side % side, i / (side * side));
            var isOwn = pair / classes == pair % classes;
            values[i] = isOwn ? (float)((1 - (Math.Abs(x - centre) / factor)) * (1 - (Math.Abs(y - centre) / factor))) : 0;
        }
    }

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
