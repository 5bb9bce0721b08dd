using Maskwright.Graphs;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Prompts of one decoder run, padded to equally many points.</summary>
internal static class SeedlingPromptBatch
{
    private const float Beside = 0;
    private const float Inside = 1;
    private const float TopLeft = 2;
    private const float BottomRight = 3;
    private const float Padding = -1;

    /// <summary>The decoder's inputs, but for the image's.</summary>
    /// <param name="prompts">P prompts in original image pixels; valid on the image.</param>
    /// <param name="frame">The way to the network's frame.</param>
    /// <param name="regions">The image's regions, which are asked as well.</param>
    /// <exception cref="ArgumentException">A mask hint was made for an image of another size.</exception>
    public static Dictionary<string, Tensor> Inputs(IReadOnlyList<Prompt> prompts, SeedlingFrame frame, SeedlingRegions regions)
    {
        var count = Math.Max(1, prompts.Max(Points));
        var (points, labels) = (new float[prompts.Count * count * 2], new float[prompts.Count * count]);
        Array.Fill(labels, Padding);
        var (cells, hasMask) = (frame.Cells, new float[prompts.Count]);
        var masks = new float[prompts.Count * cells.Width * cells.Height];
        for (var p = 0; p < prompts.Count; p++)
        {
            Place(prompts[p], frame, points.AsSpan(p * count * 2), labels.AsSpan(p * count));
            if (prompts[p].MaskHint is { } hint)
            {
                hasMask[p] = 1;
                MaskHintSampling.ToMap(hint, frame.Logits, cells.Width, cells.Height).CopyTo(masks, p * cells.Width * cells.Height);
            }
        }

        return new Dictionary<string, Tensor>
        {
            ["points"] = Tensor.Of(points, prompts.Count, count, 2),
            ["labels"] = Tensor.Of(labels, prompts.Count, count),
            ["mask_input"] = Tensor.Of(masks, prompts.Count, 1, cells.Height, cells.Width),
            ["has_mask"] = Tensor.Of(hasMask, prompts.Count),
            ["regions"] = Tensor.Of(regions.Answer(prompts, cells), prompts.Count, SeedlingConfig.RegionAnswers, cells.Height, cells.Width),
        };
    }

    private static int Points(Prompt prompt) => prompt.Points.Count + (prompt.Box is null ? 0 : 2);

    private static void Place(Prompt prompt, SeedlingFrame frame, Span<float> points, Span<float> labels)
    {
        var placed = 0;
        foreach (var point in prompt.Points)
        {
            Put(frame.ToCanvas(point.X, point.Y), point.IsPositive ? Inside : Beside, points, labels, placed++);
        }

        if (prompt.Box is { } box)
        {
            Put(frame.ToCanvas(box.X0, box.Y0), TopLeft, points, labels, placed++);
            Put(frame.ToCanvas(box.X1, box.Y1), BottomRight, points, labels, placed);
        }
    }

    private static void Put((float X, float Y) place, float label, Span<float> points, Span<float> labels, int index)
    {
        (points[2 * index], points[(2 * index) + 1], labels[index]) = (place.X, place.Y, label);
    }
}
