namespace Maskwright.Networks.Classic;

/// <summary>One region of the hierarchy.</summary>
internal sealed class RegionNode
{
    /// <summary>One part; -1 for a leaf.</summary>
    public int Left { get; init; } = -1;

    /// <summary>The other part; -1 for a leaf.</summary>
    public int Right { get; init; } = -1;

    /// <summary>The region it becomes part of; -1 for the whole image.</summary>
    public int Parent { get; set; } = -1;

    /// <summary>Whether it is one of the finest regions.</summary>
    public bool IsLeaf => Left < 0;

    /// <summary>The number of finest regions in it.</summary>
    public int LeafCount { get; init; } = 1;

    /// <summary>The highest cost of any merge inside it, 0 to 1; 0 for a leaf.</summary>
    public float Born { get; init; }

    /// <summary>The cost at which it is merged with another, at least <see cref="Born"/>; 1 for the whole image.</summary>
    public float Dies { get; set; } = 1;

    /// <summary>Area, box and histograms.</summary>
    public required RegionStatistics Statistics { get; init; }

    /// <summary>Pairs of pixels inside and outside that touch, without the image's edge.</summary>
    public int OutlineLength { get; set; }

    /// <summary>Mean boundary strength along the outline.</summary>
    public float OutlineStrength { get; set; }

    /// <summary>Mean colour difference to the regions around, weighted by the length of the border.</summary>
    public float Contrast { get; set; }

    /// <summary>The least cost of any of its borders when it came to be.</summary>
    public float WeakestBorder { get; set; } = 1;
}
