using System.Runtime.InteropServices;
using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>The finest regions of an image and the borders between them.</summary>
internal sealed class RegionGraph
{
    private RegionGraph(ImageSize size, int[] labels, RegionStatistics[] regions, RegionBorder[] borders)
    {
        Size = size;
        Labels = labels;
        Regions = regions;
        Borders = borders;
    }

    /// <summary>The working size.</summary>
    public ImageSize Size { get; }

    /// <summary>[h,w] the region of each pixel.</summary>
    public int[] Labels { get; }

    /// <summary>What each region looks like.</summary>
    public RegionStatistics[] Regions { get; }

    /// <summary>Each pair of touching regions once.</summary>
    public RegionBorder[] Borders { get; }

    /// <summary>Measures regions and borders.</summary>
    /// <param name="labels">[h,w] 0 to count-1.</param>
    /// <param name="count">The number of regions.</param>
    /// <param name="cues">[h,w,32] histograms of single pixels.</param>
    /// <param name="boundaries">Where edges run.</param>
    /// <param name="size">w and h.</param>
    public static RegionGraph Measure(int[] labels, int count, byte[] cues, BoundaryMap boundaries, ImageSize size)
    {
        var regions = new RegionStatistics[count];
        for (var i = 0; i < count; i++)
        {
            regions[i] = new RegionStatistics();
        }

        for (var i = 0; i < labels.Length; i++)
        {
            regions[labels[i]].Add(i % size.Width, i / size.Width, cues.AsSpan(i * CueHistograms.Bins, CueHistograms.Bins), boundaries.At(i), size);
        }

        return new RegionGraph(size, labels, regions, FindBorders(labels, count, boundaries, size));
    }

    private static RegionBorder[] FindBorders(int[] labels, int count, BoundaryMap boundaries, ImageSize size)
    {
        // Of every region its borders to regions of higher numbers.
        var borders = new List<RegionBorder>?[count];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var i = (y * size.Width) + x;
                if (x + 1 < size.Width)
                {
                    Touch(i, i + 1);
                }

                if (y + 1 < size.Height)
                {
                    Touch(i, i + size.Width);
                }
            }
        }

        return [.. borders.SelectMany(own => (own ?? []).OrderBy(border => border.Other))];

        void Touch(int one, int other)
        {
            if (labels[one] == labels[other])
            {
                return;
            }

            var (low, high) = labels[one] < labels[other] ? (labels[one], labels[other]) : (labels[other], labels[one]);
            var own = borders[low] ??= [];
            var place = 0;
            while (place < own.Count && own[place].Other != high)
            {
                place++;
            }

            if (place == own.Count)
            {
                own.Add(new RegionBorder(low, high, 0, 0));
            }

            ref var border = ref CollectionsMarshal.AsSpan(own)[place];
            border = border with { Length = border.Length + 1, Strength = border.Strength + boundaries.Between(one, other, BorderOrientation.At(labels, one, other, size)) };
        }
    }
}
