using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>Predicts the IoU of every mask from what lies under it, and from what it agrees with.</summary>
internal static class SeedlingQuality
{
    /// <summary>Describes the head.</summary>
    /// <param name="g">In the scope <c>quality</c>.</param>
    /// <param name="x">[P,C,h,w] features at stride 16.</param>
    /// <param name="y">[P,C',2h,2w] features at stride 8.</param>
    /// <param name="probable">[P,M,2h,2w] masks in [0,1].</param>
    /// <param name="prompts">What was asked.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[P,M] in [0,1].</returns>
    public static Value Describe(GraphBuilder g, Value x, Value y, Value probable, SeedlingPrompts prompts, SeedlingConfig config)
    {
        var count = probable.Shape[0];
        var flat = g.Reshape(probable, count, SeedlingConfig.Masks, probable.Shape[2].Times(probable.Shape[3]));
        var share = g.Mean(flat, [-1]); // [P,M,1]
        var certainty = g.Divide(g.Mean(g.Multiply(flat, flat), [-1]), g.Add(share, 1e-4));
        var seen = g.Concat(2, Under(g, x, g.AveragePool2d(probable, kernel: 2, stride: 2)), Under(g, y, probable), g.Sqrt(g.Add(share, 1e-6)), certainty);
        var hidden = g.Add(g.Linear(seen, "0", config.QualityWidth), g.Parameter("mask", 1, SeedlingConfig.Masks, config.QualityWidth));
        var agreement = new SeedlingAgreement(g, prompts, probable);
        var agreed = g.Add(g.Linear(agreement.Each, "agreement.last", config.QualityWidth, bias: false), g.Linear(agreement.Whole, "whole.last", config.QualityWidth, bias: false));
        hidden = g.Add(hidden, agreed);
        hidden = g.Relu(g.Linear(g.Relu(hidden), "1", config.QualityWidth));
        return g.Reshape(g.Sigmoid(g.Linear(hidden, "2", 1)), count, SeedlingConfig.Masks);
    }

    // The mean feature under every mask: [P,M,C].
    private static Value Under(GraphBuilder g, Value features, Value masks)
    {
        var (prompts, cells) = (masks.Shape[0], masks.Shape[2].Times(masks.Shape[3]));
        var weights = g.Reshape(masks, prompts, SeedlingConfig.Masks, cells);
        var sums = g.MatMul(g.Reshape(features, prompts, features.Shape[1], cells), g.Transpose(weights, 0, 2, 1)); // [P,C,M]
        return g.Divide(g.Transpose(sums, 0, 2, 1), g.Add(g.Sum(weights, [-1]), 1e-3));
    }
}
