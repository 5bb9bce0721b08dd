using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Makes what is given out of the network's masks of one prompt.</summary>
internal abstract class SeedlingAnswer
{
    /// <summary>How many readings a prompt has.</summary>
    public const int ReadingCount = SeedlingConfig.Masks - 1;

    private const int MostPointsOfOpenPrompts = 2;

    /// <summary>The readings of an ambiguous prompt, one by one.</summary>
    public static SeedlingAnswer Readings { get; } = new Choice(first: 1);

    /// <summary>The mask that learns from clear prompts.</summary>
    public static SeedlingAnswer ClearMask { get; } = new Choice(first: 0);

    /// <summary>The mean of all masks' logits, the likelier ones counting more, a little raised, for a mean of masks that disagree hedges towards the smaller ones.</summary>
    public static SeedlingAnswer RaisedMean { get; } = new Mean();

    /// <summary>What a prompt gets: the readings where they are asked for; else the mean where the prompt leaves much open (up to two clicks, or a box alone), and the clear mask where it does not.</summary>
    /// <param name="prompt">What was asked.</param>
    /// <param name="multimask">Whether readings are asked for.</param>
    public static SeedlingAnswer To(Prompt prompt, bool multimask) => multimask ? Readings : IsOpen(prompt) ? RaisedMean : ClearMask;

    /// <summary>The predicted IoU of one of them.</summary>
    /// <param name="qualities">[M], the predicted IoU of every mask.</param>
    /// <param name="index">Which reading, below <see cref="ReadingCount"/>; 0 for any other answer.</param>
    public abstract float Quality(ReadOnlySpan<float> qualities, int index);

    /// <summary>The logits of one of them, [h,w].</summary>
    /// <param name="masks">[M,h,w]; the result may be a part of it.</param>
    /// <param name="qualities">[M], the predicted IoU of every mask.</param>
    /// <param name="index">Likewise.</param>
    public abstract Memory<float> Logits(Memory<float> masks, ReadOnlySpan<float> qualities, int index);

    private static bool IsOpen(Prompt prompt) => prompt.Box is null ? prompt.Points.Count <= MostPointsOfOpenPrompts : prompt.Points.Count == 0;

    private sealed class Choice(int first) : SeedlingAnswer
    {
        public override float Quality(ReadOnlySpan<float> qualities, int index) => qualities[first + index];

        public override Memory<float> Logits(Memory<float> masks, ReadOnlySpan<float> qualities, int index)
        {
            var cells = masks.Length / SeedlingConfig.Masks;
            return masks.Slice((first + index) * cells, cells);
        }
    }

    private sealed class Mean : SeedlingAnswer
    {
        // A mask counts as this power of its predicted IoU.
        private const int Sharpness = 4;
        private const float Raise = 0.5f;

        /// <summary>The mean of the predicted IoUs, weighted as the masks are, or that of the clear mask when it is greater.</summary>
        public override float Quality(ReadOnlySpan<float> qualities, int index)
        {
            var mean = 0f;
            foreach (var (mask, weight) in Weights(qualities).Index())
            {
                mean += weight * qualities[mask];
            }

            return Math.Max(mean, ClearMask.Quality(qualities, 0));
        }

        public override Memory<float> Logits(Memory<float> masks, ReadOnlySpan<float> qualities, int index)
        {
            var mean = new float[masks.Length / SeedlingConfig.Masks];
            Array.Fill(mean, Raise);
            foreach (var (mask, weight) in Weights(qualities).Index())
            {
                var logits = masks.Span.Slice(mask * mean.Length, mean.Length);
                for (var cell = 0; cell < mean.Length; cell++)
                {
                    mean[cell] += weight * logits[cell];
                }
            }

            return mean;
        }

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
}
