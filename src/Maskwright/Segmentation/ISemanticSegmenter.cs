using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>Gives every pixel of an image a class.</summary>
public interface ISemanticSegmenter : IDisposable
{
    /// <summary>The model's name, as a person would say it to choose it.</summary>
    string Name { get; }

    /// <summary>The class names; the index is the label.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gives every pixel a class.</summary>
    /// <param name="image">The image, upright.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>One label a pixel, at the image's size.</returns>
    LabelMap Label(RgbImage image, CancellationToken cancellationToken = default);

    /// <summary>Says of every pixel how sure it is of each class.</summary>
    /// <param name="image">The image, upright.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>At the image's size. Their <see cref="ClassProbabilities.Labels"/> are those of <see cref="Label"/>, but for what rounding decides.</returns>
    /// <exception cref="ArgumentException">Classes times pixels are more numbers than an array holds.</exception>
    ClassProbabilities Probabilities(RgbImage image, CancellationToken cancellationToken = default);
}
