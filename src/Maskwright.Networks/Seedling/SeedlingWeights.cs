using System.Reflection;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Graphs.Weights.Safetensors;

namespace Maskwright.Networks.Seedling;

/// <summary>Seedling's weights: those that ship with the library, and how files of them are told and written.</summary>
public static class SeedlingWeights
{
    private const string Resource = "Maskwright.Networks.Seedling.seedling.safetensors";
    private const string Telling = "encoder.hand.4.features.conv.weight";
    private const string TellingBody = "encoder.body.conv1.weight";

    /// <summary>Whether this build holds trained weights.</summary>
    public static bool AreBuiltIn { get; } = Assembly.GetExecutingAssembly().GetManifestResourceNames().Contains(Resource);

    /// <summary>Opens the weights inside this library. The caller disposes them.</summary>
    /// <exception cref="InvalidOperationException">This build holds none.</exception>
    public static unsafe WeightFile OpenBuiltIn()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) as UnmanagedMemoryStream
            ?? throw new InvalidOperationException("This build of Maskwright holds no weights of Seedling; load a checkpoint instead.");
        return WeightFile.FromBytes(new ReadOnlySpan<byte>(stream.PositionPointer, checked((int)stream.Length)), "seedling (built in)");
    }

    /// <summary>Whether a checkpoint is a Seedling, told from its keys.</summary>
    /// <param name="file">An open checkpoint.</param>
    public static bool Recognises(WeightFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.ContainsKey(Telling);
    }

    /// <summary>The sizes of a checkpoint's network: <see cref="SeedlingConfig.First"/> where its encoder is that of the first Seedling.</summary>
    /// <param name="file">An open checkpoint.</param>
    public static SeedlingConfig ConfigOf(WeightFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.ContainsKey(TellingBody) ? SeedlingConfig.Default : SeedlingConfig.First;
    }

    /// <summary>The network's own tensors, without heads that only a training needs; the caller disposes the result.</summary>
    /// <param name="file">The weights of a training; not needed afterwards.</param>
    public static WeightFile WithoutTrainingHeads(WeightFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var own = SeedlingGraphs.Parameters(ConfigOf(file)).Select(parameter => parameter.Name).ToHashSet();
        return WeightFile.FromArrays(file.Values.Where(tensor => own.Contains(tensor.Name)).Select(tensor => (tensor.Name, tensor.Shape, tensor.ToFloat32())), file.Path);
    }

    /// <summary>Writes weights as they ship: matrices and filters in half precision.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="weights">A tensor for every parameter; others are left out.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="metadata">What to tell about them (run, data, licence); null for nothing.</param>
    /// <exception cref="WeightMismatchException">Tensors are missing or of other shapes.</exception>
    /// <exception cref="ArgumentException">A number cannot be said in 16 bits.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, WeightTensor> weights, SeedlingConfig config, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var wanted = SeedlingGraphs.Parameters(config);
        var missing = wanted.Where(p => !weights.ContainsKey(p.Name)).Select(p => p.Name).ToArray();
        var wrong = wanted.Where(p => weights.TryGetValue(p.Name, out var tensor) && !tensor.Shape.SequenceEqual(p.Shape.ToSizes()))
            .Select(p => new ShapeMismatch(p.Name, p.Name, p.Shape.ToSizes(), weights[p.Name].Shape)).ToArray();
        if (missing.Length + wrong.Length > 0)
        {
            throw new WeightMismatchException(path, KeyMap.Identity.Name, missing, [], wrong);
        }

        using var halved = HalfPrecision.Of(wanted.Select(p => KeyValuePair.Create(p.Name, weights[p.Name])));
        SafetensorsWriter.Write(path, halved.Values, metadata);
    }

    /// <summary>The tensors of a checkpoint for every parameter of the network.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="file">The checkpoint; the result's tensors live as long as it does.</param>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    internal static IReadOnlyDictionary<string, WeightTensor> Fit(SeedlingConfig config, WeightFile file) =>
        KeyMap.Identity.Resolve([.. SeedlingGraphs.Parameters(config).Select(p => new ParameterShape(p.Name, p.Shape.ToSizes()))], file);
}
