using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>One object that a model found.</summary>
/// <param name="ImageId">The image that it lies on.</param>
/// <param name="CategoryId">Its category.</param>
/// <param name="Score">The model's confidence: a number; only the order counts.</param>
public sealed record DetectedObject(long ImageId, long CategoryId, double Score)
{
    private readonly double? _area;
    private readonly ObjectBox? _box;

    /// <summary>Its mask, at the image's size; null when only the box is known.</summary>
    public RunLengthMask? Mask { get; init; }

    /// <summary>Its box; the bounds of the mask unless given.</summary>
    public ObjectBox Box
    {
        get => _box ?? ObjectBox.Around(Mask?.Bounds ?? default);
        init => _box = value;
    }

    /// <summary>The area that decides the size group, in pixels: of the box where one is given, else of the mask, as pycocotools' <c>loadRes</c> has it.</summary>
    public double Area
    {
        get => _area ?? _box?.Area ?? Mask?.Area ?? 0;
        init => _area = value;
    }
}
