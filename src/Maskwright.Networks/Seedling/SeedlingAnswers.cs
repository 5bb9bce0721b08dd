using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>What is given out of the network's masks of one prompt: the three readings, or one answer.</summary>
/// <remarks>Where a prompt leaves much open, the one answer is the mean of all logits, the likelier masks counting more, a little raised, for a mean of masks that disagree hedges towards the smaller ones; else it is the mask of clear prompts.</remarks>
internal static class SeedlingAnswers
{
    private const int Readings = SeedlingConfig.Masks - 1;
    private const int MostPointsOfOpenPrompts = 2;

    // A mask counts as this power of its predicted IoU.
    private const int Sharpness = 4;
    private const float Raise = 0.5f;

    /// <summary>Masks a prompt.</summary>
    /// <param name="multimask">Whether readings are asked for.</param>
    public static int Count(bool multimask) => multimask ? Readings : 1;

    /// <summary>The predicted IoU of one of them; of a mean of masks the mean of theirs, weighted alike, or that of the mask of clear prompts when it is greater.</summary>
    /// <param name="qualities">[M], the predicted IoU of every mask.</param>
    /// <param name="answer">Below <see cref="Count"/>.</param>
    /// <param name="prompt">What was asked.</param>
    /// <param name="multimask">Whether readings are asked for.</param>
    public static float Quality(ReadOnlySpan<float> qualities, int answer, Prompt prompt, bool multimask)
    {
        if (multimask || !IsOpen(prompt))
        {
            return qualities[multimask ? 1 + answer : 0];
        }

        var mean = 0f;
        foreach (var (mask, weight) in Weights(qualities).Index())
        {
            mean += weight * qualities[mask];
        }

        return Math.Max(mean, qualities[0]);
    }

    /// <summary>The logits of one of them, [h,w].</summary>
    /// <param name="masks">[M,h,w]; the result may be a part of it.</param>
    /// <param name="qualities">[M], the predicted IoU of every mask.</param>
    /// <param name="answer">Below <see cref="Count"/>.</param>
    /// <param name="prompt">What was asked.</param>
    /// <param name="multimask">Whether readings are asked for.</param>
    public static Memory<float> Logits(Memory<float> masks, ReadOnlySpan<float> qualities, int answer, Prompt prompt, bool multimask)
    {
        var cells = masks.Length / SeedlingConfig.Masks;
        if (multimask || !IsOpen(prompt))
        {
            return masks.Slice((multimask ? 1 + answer : 0) * cells, cells);
        }

        var mean = new float[cells];
        Array.Fill(mean, Raise);
        foreach (var (mask, weight) in Weights(qualities).Index())
        {
            var logits = masks.Span.Slice(mask * cells, cells);
            for (var cell = 0; cell < cells; cell++)
            {
                mean[cell] += weight * logits[cell];
            }
        }

        return mean;
    }

    // Up to two clicks, or a box alone.
    private static bool IsOpen(Prompt prompt) => prompt.Points.Count + (prompt.Box is null ? 0 : MostPointsOfOpenPrompts) <= MostPointsOfOpenPrompts;

    private static float[] Weights(ReadOnlySpan<float> qualities)
    {
        var weights = new float[qualities.Length];
        for (var mask = 0; mask < weights.Length; mask++)
        {
            weights[mask] = MathF.Pow(qualities[mask], Sharpness) + 1e-6f; // all of no quality count alike
        }

        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
