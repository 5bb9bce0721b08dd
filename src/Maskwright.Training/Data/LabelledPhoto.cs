using Maskwright.Images;

namespace Maskwright.Training.Data;

/// <summary>A decoded photo with what its annotators saw in it.</summary>
/// <param name="Image">The photo.</param>
/// <param name="Annotations">One or more views of its objects; each training example takes one of them.</param>
public sealed record LabelledPhoto(RgbImage Image, IReadOnlyList<ObjectLayers> Annotations)
{
    /// <summary>The bytes that it takes in memory.</summary>
    public long Bytes => Image.Pixels.Length + Annotations.Sum(annotation => annotation.Bytes);
}
