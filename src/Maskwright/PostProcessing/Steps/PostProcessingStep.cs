using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>A post-processing step as it is written in a word, such as <c>open:3</c> or <c>simplify:1.5,method=visvalingam</c>.</summary>
public sealed class PostProcessingStep
{
    private readonly StepAction _action;

    private PostProcessingStep(StepDescription description, string text, StepAction action) => (Description, Text, _action) = (description, text, action);

    /// <summary>Every kind of step.</summary>
    public static IReadOnlyList<StepDescription> Known { get; } = [.. MorphologySteps.All, .. RegionSteps.All, .. ShapeSteps.All, .. SetSteps.All, .. ImageSteps.All];

    /// <summary>What kind of step it is.</summary>
    public StepDescription Description { get; }

    /// <summary>The step as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a step.</summary>
    /// <param name="text">A name, or a name, a colon and values with commas between: in the order of the parameters, or as <c>name=value</c>.</param>
    /// <exception cref="FormatException">There is no such step, or its values cannot be; the message says why.</exception>
    public static PostProcessingStep Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? text : text[..colon]).Trim();
        var description = Known.FirstOrDefault(step => step.Name == name)
            ?? throw new FormatException($"there is no step '{name}'; the steps are {string.Join(", ", Known.Select(step => step.Name))}");
        var arguments = StepArguments.Parse(description, colon < 0 ? string.Empty : text[(colon + 1)..]);
        return new PostProcessingStep(description, text, description.Prepare(arguments));
    }

    /// <summary>Applies the step to the masks of one image.</summary>
    /// <param name="masks">The masks, all of one size; not changed. Empty ones stay as they are.</param>
    /// <param name="image">The image; null where none is at hand.</param>
    /// <param name="cancellation">Looked at between masks.</param>
    /// <returns>The masks that remain, in the order in which they came; those that became empty are gone.</returns>
    /// <exception cref="ArgumentException">The step needs the image and gets none, or sizes differ.</exception>
    public IReadOnlyList<StepMask> Apply(IReadOnlyList<StepMask> masks, RgbImage? image = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (Description.NeedsImage && image is null)
        {
            throw new ArgumentException($"{Description.Name} needs the image.", nameof(image));
        }

        if (Description.NeedsImage && masks.FirstOrDefault(mask => mask.Mask.Size != image!.Size) is { } other)
        {
            throw new ArgumentException($"The image is {image!.Size}, but the mask {other.Mask.Size}.", nameof(image));
        }

        return _action(masks, image, cancellation);
    }
}
