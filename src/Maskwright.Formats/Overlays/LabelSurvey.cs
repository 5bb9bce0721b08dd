using System.Runtime.InteropServices;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>What a coarse look at a label map tells: which labels lie side by side, and what colour the photo has beneath each.</summary>
internal sealed class LabelSurvey
{
    private const int TargetSide = 800;   // samples along the longer side
    private const int ReachSamples = 5;   // labels this near are neighbours, even with a gap between them

    private readonly Dictionary<long, int> _borders = [];
    private readonly LabelMap _labels;
    private readonly int _step;

    private LabelSurvey(LabelMap labels, int count)
    {
        _labels = labels;
        _step = Math.Max(1, labels.Size.LongestSide / TargetSide);
        Neighbours = new List<(int Label, int Samples)>[count + 1];
        MeanColours = new OverlayColour?[count + 1];
    }

    /// <summary>For each label, the labels beside it and for how many samples.</summary>
    public List<(int Label, int Samples)>[] Neighbours { get; }

    /// <summary>For each label, the photo's mean colour beneath it; null where the label has no sample or there is no photo.</summary>
    public OverlayColour?[] MeanColours { get; }

    /// <summary>Looks at every few pixels.</summary>
    /// <param name="labels">Labels 0..<paramref name="count"/>.</param>
    /// <param name="count">The number of labels besides 0.</param>
    /// <param name="image">The photo beneath; null when there is none.</param>
    public static LabelSurvey Of(LabelMap labels, int count, RgbImage? image)
    {
        var survey = new LabelSurvey(labels, count);
        survey.FindBorders();
        survey.CollectNeighbours();
        if (image is not null)
        {
            survey.MeasureColours(image, count);
        }

        return survey;
    }

    private void FindBorders()
    {
        var size = _labels.Size;
        var all = _labels.Labels;
        int[] reaches = [_step, _step * ReachSamples];
        for (var y = 0; y < size.Height; y += _step)
        {
            for (var x = 0; x < size.Width; x += _step)
            {
                var label = all[(y * size.Width) + x];
                foreach (var reach in reaches)
                {
                    if (x + reach < size.Width)
                    {
                        Count(label, all[(y * size.Width) + x + reach]);
                    }

                    if (y + reach < size.Height)
                    {
                        Count(label, all[((y + reach) * size.Width) + x]);
                    }
                }
            }
        }
    }

    private void Count(int first, int second)
    {
        if (first != second && first != 0 && second != 0)
        {
            var key = first < second ? ((long)first << 32) | (uint)second : ((long)second << 32) | (uint)first;
            CollectionsMarshal.GetValueRefOrAddDefault(_borders, key, out _)++;
        }
    }

    private void CollectNeighbours()
    {
        for (var label = 0; label < Neighbours.Length; label++)
        {
            Neighbours[label] = [];
        }

        foreach (var (key, samples) in _borders)
        {
            var (first, second) = ((int)(key >> 32), (int)key);
            Neighbours[first].Add((second, samples));
            Neighbours[second].Add((first, samples));
        }
    }

    private void MeasureColours(RgbImage image, int count)
    {
        var sums = new long[count + 1, 4];
        for (var y = 0; y < image.Height; y += _step)
        {
            var row = image.Row(y);
            var labels = _labels.Row(y);
            for (var x = 0; x < image.Width; x += _step)
            {
                var label = labels[x];
                sums[label, 0] += row[3 * x];
                sums[label, 1] += row[(3 * x) + 1];
                sums[label, 2] += row[(3 * x) + 2];
                sums[label, 3]++;
            }
        }

        for (var label = 1; label <= count; label++)
        {
            if (sums[label, 3] is > 0 and var n)
            {
                MeanColours[label] = new OverlayColour((byte)(sums[label, 0] / n), (byte)(sums[label, 1] / n), (byte)(sums[label, 2] / n));
            }
        }
    }
}
