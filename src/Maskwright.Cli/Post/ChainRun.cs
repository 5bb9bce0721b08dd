using Maskwright.Images;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>Applies the steps to the masks of one input, image by image, and counts what each changes.</summary>
internal sealed class ChainRun(IReadOnlyList<PostProcessingStep> steps)
{
    private readonly IReadOnlyList<StepTally> _tallies = [.. steps.Select(step => new StepTally(step))];

    public bool NeedsImage => steps.Any(step => step.Description.NeedsImage);

    /// <summary>What each step changed so far.</summary>
    public IReadOnlyList<StepChanges> Changes => [.. _tallies.Select(tally => tally.Changes)];

    /// <summary>Applies all steps to the masks of one image.</summary>
    /// <param name="masks">The masks.</param>
    /// <param name="image">Opens the image; asked only where a step needs it and there are masks.</param>
    /// <param name="nameOf">Names a mask by its source.</param>
    /// <param name="cancellationToken">Looked at between masks.</param>
    public IReadOnlyList<StepMask> Apply(IReadOnlyList<StepMask> masks, Func<RgbImage> image, Func<int, string> nameOf, CancellationToken cancellationToken)
    {
        var opened = NeedsImage && masks.Count > 0 ? image() : null;
        foreach (var tally in _tallies)
        {
            if (masks.Count > 0)
            {
                masks = tally.Apply(masks, opened, nameOf, cancellationToken);
            }
        }

        return masks;
    }
}
