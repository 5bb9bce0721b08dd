using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Sam;

/// <summary>What a SAM's checkpoint holds, and what one image costs, told from its tensors without running it.</summary>
/// <param name="Name">The preset whose sizes it has; the file's name for other sizes.</param>
/// <param name="CanvasSide">S, the side of the square canvas that an image is fitted onto, in pixels.</param>
/// <param name="ParameterCount">Learned numbers of the whole network; the fixed matrix of the position encoding is not one.</param>
/// <param name="Encoder">The image encoder: parameters, multiply-accumulates, peak memory of its results.</param>
public sealed record SamCheckpointSummary(string Name, int CanvasSide, long ParameterCount, GraphSummary Encoder)
{
    /// <summary>Reads a checkpoint's sizes.</summary>
    /// <param name="path">A <c>.safetensors</c>, <c>.pth</c> or <c>.pt</c> file in the original or the Hugging Face layout.</param>
    /// <exception cref="InvalidWeightsException">The file is damaged or is not a SAM.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    public static SamCheckpointSummary Read(string path)
    {
        using var checkpoint = SamCheckpoint.Open(path);
        var config = checkpoint.Config;
        var parameters = SamGraphs.Parameters(config).Where(p => !p.Name.EndsWith("positional_encoding_gaussian_matrix", StringComparison.Ordinal));
        return new SamCheckpointSummary(
            config.Name, config.Encoder.ImageSize, parameters.Sum(p => p.Shape.ElementCount!.Value), GraphSummary.Of(SamGraphs.Encoder(config))); // parameters have known sizes
    }
}
