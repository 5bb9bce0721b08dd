using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>The weights from which training begins.</summary>
/// <remarks>
/// As torchvision at 0.14.1: convolutions after He et al. 2015, normal by what they give; the pyramid and hidden layers uniform by what they take; the heads'
/// last layers small. Deviation: the last layers of the box head begin small too, as in He et al.'s code.
/// </remarks>
public static class MaskRcnnInitialisation
{
    private static readonly (string Part, double Deviation)[] s_small =
    [
        ("rpn.head.", 0.01),
        ("roi_heads.box_predictor.cls_score", 0.01),
        ("roi_heads.box_predictor.bbox_pred", 0.001),
    ];

    /// <summary>Draws weights for the whole network.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="seed">Equal seeds give equal weights.</param>
    /// <returns>A tensor for every parameter of <see cref="MaskRcnnGraphs.Parameters"/>; the caller disposes it.</returns>
    public static WeightFile Create(MaskRcnnConfig config, int seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        var random = new Random(seed);
        return WeightFile.FromArrays(
            MaskRcnnGraphs.Parameters(config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), Draw(p, random))), $"{config.Name} before training");
    }

    private static float[] Draw(Parameter parameter, Random random)
    {
        var (name, values) = (parameter.Name, new float[parameter.Shape.ElementCount!.Value]); // parameters have known sizes
        if (parameter.Shape.Count == 1)
        {
            Array.Fill(values, name.EndsWith(".weight", StringComparison.Ordinal) || name.EndsWith(".running_var", StringComparison.Ordinal) ? 1 : 0);
            return values;
        }

        var deviation = Deviation(name, parameter.Shape.ToSizes());
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * Normal(random));
        }

        return values;
    }

    private static double Deviation(string name, long[] shape)
    {
        var small = s_small.FirstOrDefault(s => name.StartsWith(s.Part, StringComparison.Ordinal));
        var field = shape.Skip(2).Aggregate(1L, (product, side) => product * side);
        return small.Part is not null ? small.Deviation
            : name.StartsWith("backbone.fpn", StringComparison.Ordinal) || shape.Length == 2 ? Math.Sqrt(1.0 / (shape[1] * field))
            : Math.Sqrt(2.0 / (shape[0] * field));
    }

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
