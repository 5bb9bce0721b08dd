using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>Prompts that went through the decoder's first half.</summary>
/// <param name="Inputs">What the second half takes of them, [P,..] each.</param>
/// <param name="Quality">[P,M], the predicted IoU.</param>
internal sealed record SeedlingDrafts(IReadOnlyDictionary<string, Tensor> Inputs, Tensor Quality)
{
    /// <summary>P.</summary>
    public int Count => (int)Quality.Shape[0];

    /// <summary>[M], the predicted IoU of one prompt's masks.</summary>
    public ReadOnlySpan<float> QualityOf(int prompt) => Quality.Floats.AsSpan(prompt * SeedlingConfig.Masks, SeedlingConfig.Masks);

    /// <summary>Some of them.</summary>
    /// <param name="prompts">Their numbers, rising.</param>
    public SeedlingDrafts Take(IReadOnlyList<int> prompts) =>
        prompts.Count == Count ? this : new(Inputs.ToDictionary(pair => pair.Key, pair => pair.Value.Take(prompts)), Quality.Take(prompts));
}
