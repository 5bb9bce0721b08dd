using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>Finds the objects of known classes in an image, each with a mask.</summary>
public interface IInstanceSegmenter : IDisposable
{
    /// <summary>The model's name, as a person would say it to choose it.</summary>
    string Name { get; }

    /// <summary>The class names; the index is the label.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Finds objects.</summary>
    /// <param name="image">The image, upright.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>Masks with labels, best first; empty when nothing is found.</returns>
    IReadOnlyList<MaskProposal> Find(RgbImage image, CancellationToken cancellationToken = default);
}
