using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;

namespace Maskwright.Networks.Sam;

/// <summary>A SAM as its file holds it: sizes and tensors.</summary>
internal sealed class SamCheckpoint : IDisposable
{
    private readonly WeightFile _file;
    private readonly WeightFile? _resized;

    private SamCheckpoint(SamConfig config, IReadOnlyDictionary<string, WeightTensor> weights, WeightFile file, WeightFile? resized) =>
        (Config, Weights, _file, _resized) = (config, weights, file, resized);

    /// <summary>The sizes, read off the tensors.</summary>
    public SamConfig Config { get; }

    /// <summary>Tensors by the original names; valid until this is disposed.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Weights { get; }

    /// <summary>Opens a file of any layout.</summary>
    /// <exception cref="InvalidWeightsException">The file is damaged, or it is not a SAM.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    public static SamCheckpoint Open(string path)
    {
        var file = WeightFile.Open(path);
        try
        {
            var found = KeyMap.Choose(SamKeyMap.All, file.Keys).Rename(file);
            var config = SamConfigReader.Read(found.ToDictionary(pair => pair.Key, pair => pair.Value.Shape), path);
            var parameters = SamGraphs.Parameters(config);
            var stretched = parameters.Where(p => IsOtherLength(p, found)).ToArray();
            var wanted = parameters.Select(p => new ParameterShape(p.Name, stretched.Contains(p) ? found[p.Name].Shape : p.Shape.ToSizes())).ToArray();
            var weights = KeyMap.Resolve(SamKeyMap.All, wanted, file);
            if (stretched.Length == 0)
            {
                return new SamCheckpoint(config, weights, file, resized: null);
            }

            var resized = WeightFile.FromArrays(stretched.Select(p => Stretch(p, weights[p.Name])), path);
            return new SamCheckpoint(config, parameters.ToDictionary(p => p.Name, p => resized.TryGetValue(p.Name, out var table) ? table : weights[p.Name]), file, resized);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _resized?.Dispose();
        _file.Dispose();
    }

    // A network trained at one resolution and used at another keeps its tables; the reference stretches them on use.
    private static bool IsOtherLength(Parameter parameter, IReadOnlyDictionary<string, WeightTensor> found) =>
        parameter.Name.Contains(".rel_pos_", StringComparison.Ordinal)
        && found.TryGetValue(parameter.Name, out var tensor) && tensor.Shape.Count == 2
        && tensor.Shape[0] != parameter.Shape[0].Size && tensor.Shape[1] == parameter.Shape[1].Size;

    private static (string Name, IReadOnlyList<long> Shape, float[] Values) Stretch(Parameter parameter, WeightTensor table)
    {
        var shape = parameter.Shape.ToSizes();
        return (parameter.Name, shape, RelativePositionTable.Resize(table.ToFloat32(), (int)shape[1], (int)shape[0]));
    }
}
