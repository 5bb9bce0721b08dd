using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Running;

/// <summary>What a verb does with one image.</summary>
/// <param name="image">The image, upright.</param>
/// <param name="path">Where it came from, for messages.</param>
/// <param name="progress">Told as the work goes on.</param>
/// <param name="cancellationToken">Stops between steps.</param>
internal delegate ImageResult ImageWork(RgbImage image, string path, IProgress<GenerationProgress> progress, CancellationToken cancellationToken);

/// <summary>The masks of one image.</summary>
/// <param name="Proposals">The masks, in the order in which they are numbered.</param>
/// <param name="Prompts">What was asked for, to be drawn on the overlay; empty for everything.</param>
/// <param name="Report">How many candidates each stage dropped; null where there were no stages.</param>
internal sealed record ImageResult(IReadOnlyList<MaskProposal> Proposals, IReadOnlyList<Prompt> Prompts, GenerationReport? Report)
{
    /// <summary>How sure the model is of each class at every pixel; null where nobody asked.</summary>
    public ClassProbabilities? Probabilities { get; init; }
}
