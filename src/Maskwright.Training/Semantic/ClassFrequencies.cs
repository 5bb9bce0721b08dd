using Maskwright.Training.Data;

namespace Maskwright.Training.Semantic;

/// <summary>How often classes occur, and how much they should count for it.</summary>
internal static class ClassFrequencies
{
    private const int MaxExamples = 300;

    /// <summary>The median of the frequencies over each class's own; 1 for a class that does not occur.</summary>
    /// <param name="examples">At most 300 of them, evenly spread, are looked at.</param>
    /// <param name="classCount">K.</param>
    /// <param name="hasBackground">Whether class 0 is where no object is.</param>
    /// <remarks>Eigen and Fergus 2015: a class's frequency is its pixels over all pixels of the images in which it occurs.</remarks>
    public static float[] MedianWeights(IReadOnlyList<TrainingExample> examples, int classCount, bool hasBackground)
    {
        var (own, around) = (new double[classCount], new double[classCount]);
        var count = Math.Min(MaxExamples, examples.Count);
        for (var i = 0; i < count; i++)
        {
            Count(examples[(int)((long)i * examples.Count / count)].Load(), hasBackground, own, around);
        }

        double[] frequencies = [.. own.Zip(around, (pixels, all) => all > 0 ? pixels / all : 0)];
        double[] found = [.. frequencies.Where(frequency => frequency > 0).Order()];
        var median = found.Length == 0 ? 1 : (found[(found.Length - 1) / 2] + found[found.Length / 2]) / 2;
        return [.. frequencies.Select(frequency => frequency > 0 ? (float)(median / frequency) : 1)];
    }

    private static void Count(LabelledPhoto photo, bool hasBackground, double[] own, double[] around)
    {
        var objects = photo.Annotations[0].Objects;
        var pixels = new double[own.Length];
        foreach (var found in objects.Where(o => o.Class - (hasBackground ? 0 : 1) < own.Length))
        {
            pixels[found.Class - (hasBackground ? 0 : 1)] += found.Area;
        }

        pixels[0] += hasBackground ? Math.Max(0, photo.Image.Size.PixelCount - pixels.Sum()) : 0;
        for (var k = 0; k < own.Length; k++)
        {
            own[k] += pixels[k];
            around[k] += pixels[k] > 0 ? photo.Image.Size.PixelCount : 0;
        }
    }
}
