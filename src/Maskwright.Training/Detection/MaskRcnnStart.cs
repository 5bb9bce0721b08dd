using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;

namespace Maskwright.Training.Detection;

/// <summary>The weights from which a Mask R-CNN goes on to learn.</summary>
public static class MaskRcnnStart
{
    private static readonly string[] s_predictors = ["roi_heads.box_predictor.", "roi_heads.mask_predictor.mask_fcn_logits."];

    /// <summary>Takes a checkpoint over; where it tells another number of classes apart, the predictors begin anew and everything else stays.</summary>
    /// <param name="config">The network that will learn.</param>
    /// <param name="path">A checkpoint of this house or of torchvision.</param>
    /// <param name="seed">Draws new predictors.</param>
    /// <param name="replaced">The names of the tensors that begin anew; empty where all were taken over.</param>
    /// <returns>A tensor for every parameter; the caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged, or holds no Mask R-CNN.</exception>
    /// <exception cref="WeightMismatchException">The checkpoint is of another network.</exception>
    public static WeightFile Read(MaskRcnnConfig config, string path, int seed, out IReadOnlyList<string> replaced)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var file = WeightFile.Open(path);
        var found = NetworkRecognition.Instances(file) ?? throw NetworkRecognition.Stranger(file, $"{config.Name} or another Mask R-CNN of a known form");
        var wanted = MaskRcnnGraphs.Parameters(config with { ClassCount = found.ClassCount }).Select(p => new ParameterShape(p.Name, p.Shape.ToSizes())).ToArray();
        var stored = KeyMap.Resolve(MaskRcnnConfig.Layouts, wanted, file);
        using var fresh = MaskRcnnInitialisation.Create(config, seed);
        string[] anew = found.ClassCount == config.ClassCount ? [] : [.. fresh.Keys.Where(IsPredictor)];
        replaced = anew;
        return WeightFile.FromArrays(
            fresh.Values.Select(own => (own.Name, own.Shape, (anew.Contains(own.Name) ? own : stored[own.Name]).ToFloat32())).ToList(), $"{config.Name} from {path}");
    }

    private static bool IsPredictor(string name) => s_predictors.Any(start => name.StartsWith(start, StringComparison.Ordinal));
}
