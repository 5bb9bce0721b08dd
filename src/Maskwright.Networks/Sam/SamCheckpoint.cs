using Maskwright.Graphs.Weights.Keys;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Sam;

/// <summary>A SAM as its file holds it: sizes and tensors.</summary>
internal static class SamCheckpoint
{
    /// <summary>Reads sizes and tensors of whichever layout the file has.</summary>
    /// <exception cref="InvalidWeightsException">It is not a SAM.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    public static (SamConfig Config, IReadOnlyDictionary<string, WeightTensor> Weights) Read(WeightFile file, string path)
    {
        var renamed = KeyMap.Choose(SamKeyMap.All, file.Keys).Rename(file);
        var config = SamConfigReader.Read(renamed.ToDictionary(pair => pair.Key, pair => pair.Value.Shape), path);
        var wanted = SamGraphs.Parameters(config).Select(p => new ParameterShape(p.Name, p.Shape.ToSizes())).ToArray();
        return (config, KeyMap.Resolve(SamKeyMap.All, wanted, file));
    }
}
