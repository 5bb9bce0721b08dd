using Maskwright.Segmentation;

namespace Maskwright.Networks.Sam;

/// <summary>Prompts that a decoder can answer in one run: equally many tokens each, all with a mask hint or all without; canvas frame.</summary>
/// <param name="Indices">Where each prompt stands in the caller's list.</param>
/// <param name="PointCount">N, points and box corners of each prompt, padding not counted.</param>
/// <param name="HasBox">Whether the last two points of each prompt are the corners of a box.</param>
/// <param name="Coordinates">[P,N,2], x and y in canvas pixels.</param>
/// <param name="Labels">[P,N]: 1 inside, 0 outside, 2 and 3 box corners.</param>
/// <param name="MaskHints">[P,side,side] logits; null for none.</param>
internal sealed record PromptBatch(IReadOnlyList<int> Indices, int PointCount, bool HasBox, float[] Coordinates, float[] Labels, float[]? MaskHints)
{
    /// <summary>P, the number of prompts.</summary>
    public int Count => Indices.Count;

    /// <summary>Sorts prompts into batches.</summary>
    /// <param name="prompts">In original image pixels; valid on the image.</param>
    /// <param name="transform">The way to the canvas.</param>
    /// <param name="hintSide">The side of the decoder's logit maps in cells.</param>
    public static IReadOnlyList<PromptBatch> Of(IReadOnlyList<Prompt> prompts, FrameTransform transform, int hintSide) =>
    [
        .. Enumerable.Range(0, prompts.Count)
            .GroupBy(i => (prompts[i].Points.Count, HasBox: prompts[i].Box is not null, HasHint: prompts[i].MaskHint is not null))
            .Select(group => Make([.. group], prompts, transform, hintSide)),
    ];

    /// <summary>The same prompts in batches of limited size, in order.</summary>
    /// <param name="most">Most prompts of a batch, at least 1.</param>
    public IEnumerable<PromptBatch> Split(int most)
    {
        for (var first = 0; first < Count; first += most)
        {
            var count = Math.Min(most, Count - first);
            yield return count == Count ? this : Part(first, count);
        }
    }

    /// <summary>The same prompts with one padding point each, as the decoder wants it when there is no box.</summary>
    public (float[] Coordinates, float[] Labels, int PointCount) Padded()
    {
        if (HasBox || PointCount == 0)
        {
            return (Coordinates, Labels, PointCount);
        }

        var count = PointCount + 1;
        var coordinates = new float[Count * count * 2];
        var labels = new float[Count * count];
        for (var p = 0; p < Count; p++)
        {
            Coordinates.AsSpan(p * PointCount * 2, PointCount * 2).CopyTo(coordinates.AsSpan(p * count * 2));
            Labels.AsSpan(p * PointCount, PointCount).CopyTo(labels.AsSpan(p * count));
            labels[(p * count) + PointCount] = PromptEncoder.PaddingLabel;
        }

        return (coordinates, labels, count);
    }

    private PromptBatch Part(int first, int count)
    {
        float[] Cut(float[] values)
        {
            var each = values.Length / Count;
            return values.AsSpan(first * each, count * each).ToArray();
        }

        return this with
        {
            Indices = [.. Indices.Skip(first).Take(count)],
            Coordinates = Cut(Coordinates),
            Labels = Cut(Labels),
            MaskHints = MaskHints is null ? null : Cut(MaskHints),
        };
    }

    private static PromptBatch Make(int[] indices, IReadOnlyList<Prompt> prompts, FrameTransform transform, int hintSide)
    {
        var first = prompts[indices[0]];
        var coordinates = new List<float>();
        var labels = new List<float>();
        void Add(double x, double y, int label)
        {
            var point = transform.ToCanvas(x, y);
            coordinates.Add(point.X);
            coordinates.Add(point.Y);
            labels.Add(label);
        }

        foreach (var prompt in indices.Select(i => prompts[i]))
        {
            foreach (var point in prompt.Points)
            {
                Add(point.X, point.Y, point.IsPositive ? 1 : 0);
            }

            if (prompt.Box is { } box)
            {
                Add(box.X0, box.Y0, PromptEncoder.TopLeftLabel);
                Add(box.X1, box.Y1, PromptEncoder.BottomRightLabel);
            }
        }

        var hints = first.MaskHint is null ? null : indices.SelectMany(i => MaskHintSampling.ToMap(prompts[i].MaskHint!, transform.Logits, hintSide, hintSide)).ToArray(); // the group has hints or has none
        return new PromptBatch(indices, first.Points.Count + (first.Box is null ? 0 : 2), first.Box is not null, [.. coordinates], [.. labels], hints);
    }
}
