using Maskwright.Images;

namespace Maskwright.Segmentation;

/// <summary>Finds masks for everything in an image, without prompts from a person.</summary>
public interface IMaskGenerator
{
    /// <summary>Finds masks for everything in the image.</summary>
    /// <param name="image">The image, upright.</param>
    /// <param name="progress">Told as the work goes on; null means nobody listens.</param>
    /// <param name="cancellationToken">Stops between crops and prompt batches.</param>
    /// <returns>The masks, and a report that says how many candidates each stage dropped; an empty list when nothing survives.</returns>
    GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default);
}
