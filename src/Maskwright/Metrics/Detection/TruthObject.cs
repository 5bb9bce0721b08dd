using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>One object of the ground truth.</summary>
/// <param name="ImageId">The image that it lies on.</param>
/// <param name="CategoryId">Its category.</param>
public sealed record TruthObject(long ImageId, long CategoryId)
{
    private readonly double? _area;
    private readonly ObjectBox? _box;

    /// <summary>Its number in the data set; 0 when it has none. Only carried along.</summary>
    public long Id { get; init; }

    /// <summary>Its mask, at the image's size; null when only the box is known.</summary>
    public RunLengthMask? Mask { get; init; }

    /// <summary>Its box; the bounds of the mask unless given.</summary>
    public ObjectBox Box
    {
        get => _box ?? ObjectBox.Around(Mask?.Bounds ?? default);
        init => _box = value;
    }

    /// <summary>The area that decides the size group, in pixels: as annotated; else of the mask, else of the box.</summary>
    public double Area
    {
        get => _area ?? Mask?.Area ?? Box.Area;
        init => _area = value;
    }

    /// <summary>Whether it stands for many objects that were not told apart; then it absorbs detections without counting.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>Whether the annotation asks not to be counted (<c>ignore</c>). pycocotools overwrites this flag; see <see cref="AveragePrecisionOptions.HonoursIgnoreFlag"/>.</summary>
    public bool IsIgnored { get; init; }
}
