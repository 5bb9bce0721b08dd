using System.Globalization;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Running;

/// <summary>Everything a run needs to go on, in one safetensors file: weights, their average, the optimiser's memory, and the number of steps done.</summary>
/// <remarks>
/// Random numbers depend on the step alone, so that none of their state is kept. The header says what the network is, by which recipe, code and data it
/// learned, and how good it was when it was judged last.
/// </remarks>
public static class Checkpoint
{
    private const string Weights = "weights/";
    private const string Average = "average/";
    private const string StepKey = "step";

    /// <summary>The file that a run in a folder is resumed from.</summary>
    /// <param name="folder">The run's folder.</param>
    public static string PathIn(string folder) => Path.Combine(folder, "checkpoint.safetensors");

    /// <summary>The best checkpoint of a run in a folder, where the run is judged.</summary>
    /// <param name="folder">The run's folder.</param>
    public static string BestIn(string folder) => Path.Combine(folder, "best.safetensors");

    /// <summary>The best checkpoint that belongs to a last one.</summary>
    internal static string BestBeside(string checkpoint) => BestIn(Path.GetDirectoryName(checkpoint) ?? string.Empty);

    /// <summary>Reads the averaged weights of a checkpoint under the network's own names.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="isAveraged">Whether the average is wanted rather than the last weights.</param>
    /// <returns>The weights, in memory of their own; the caller disposes them.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged, or no checkpoint.</exception>
    public static WeightFile ReadWeights(string path, bool isAveraged = true)
    {
        using var file = Open(path);
        var prefix = isAveraged ? Average : Weights;
        return WeightFile.FromArrays(
            file.Values.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => (tensor.Name[prefix.Length..], tensor.Shape, tensor.ToFloat32())), path);
    }

    /// <summary>What a checkpoint says of its network and its run: <c>step</c>, and the entries of <see cref="Networks.Semantic.NetworkMetadata"/> where it is a network of known classes.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="InvalidWeightsException">The file is damaged, or no checkpoint.</exception>
    public static IReadOnlyDictionary<string, string> DescriptionOf(string path)
    {
        using var file = Open(path);
        return file.Metadata.ToDictionary();
    }

    /// <summary>The number of steps that a checkpoint's run has done.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="InvalidWeightsException">The file is damaged, or no checkpoint.</exception>
    public static long StepsOf(string path)
    {
        using var file = Open(path);
        return Steps(file);
    }

    internal static void Write(string path, long stepsDone, TorchWeights weights, WeightOptimiser optimiser, WeightAverage average, IReadOnlyDictionary<string, string> facts)
    {
        var arrays = Named(Weights, weights.Names.Select(name => (name, weights[name])))
            .Concat(Named(Average, average.Tensors.Select(a => (a.Key, a.Value))))
            .Concat(Named(string.Empty, optimiser.State));
        using var file = WeightFile.FromArrays(arrays, path);
        SafetensorsWriter.Write(path, file.Values, new Dictionary<string, string>(facts) { [StepKey] = stepsDone.ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>Takes a checkpoint over.</summary>
    /// <returns>The number of steps done.</returns>
    internal static long Read(string path, TorchWeights weights, WeightOptimiser optimiser, WeightAverage average)
    {
        using var file = Open(path);
        using var still = torch.no_grad();
        foreach (var name in weights.Names)
        {
            Copy(file, Weights + name, weights[name]);
            Copy(file, Average + name, average.Tensors[name]);
        }

        foreach (var (name, memory) in optimiser.State)
        {
            Copy(file, name, memory);
        }

        return Steps(file);
    }

    private static WeightFile Open(string path)
    {
        var file = WeightFile.Open(path);
        if (!file.Metadata.ContainsKey(StepKey))
        {
            file.Dispose();
            throw new InvalidWeightsException(path, "is no checkpoint of a training run: it does not say how many steps were done");
        }

        return file;
    }

    private static long Steps(WeightFile file) => long.TryParse(file.Metadata[StepKey], CultureInfo.InvariantCulture, out var steps)
        ? steps
        : throw new InvalidWeightsException(file.Path, $"says '{file.Metadata[StepKey]}' where the number of steps should be");

    private static IEnumerable<(string, IReadOnlyList<long>, float[])> Named(string prefix, IEnumerable<(string Name, TorchTensor Tensor)> tensors) =>
        tensors.Select(t => (prefix + t.Name, (IReadOnlyList<long>)t.Tensor.shape, PromptTensors.ToArray(t.Tensor)));

    private static void Copy(WeightFile file, string key, TorchTensor target)
    {
        if (!file.TryGetValue(key, out var stored) || !stored.Shape.SequenceEqual(target.shape))
        {
            throw new InvalidWeightsException(file.Path, $"has no tensor {key} of [{string.Join(", ", target.shape)}]; it belongs to another network or another optimiser");
        }

        using var read = PromptTensors.Of(stored.ToFloat32(), target.shape);
        target.copy_(read);
    }
}
