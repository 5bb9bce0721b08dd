using Maskwright.Cli.Options;
using Maskwright.Geometry;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>A model that is ready to run.</summary>
internal sealed class LoadedModel : IDisposable
{
    /// <summary>Answers prompts; disposed with the model.</summary>
    public required IPromptSegmenter Segmenter { get; init; }

    /// <summary>Makes the generator that follows what a user said.</summary>
    public required Func<GenerationSettings, IMaskGenerator> GeneratorFor { get; init; }

    /// <summary>About how many bytes the model takes at its peak for an image of a size and so many prompts at once, the image itself not counted.</summary>
    public required Func<ImageSize, int, long> PeakBytes { get; init; }

    /// <summary>What was chosen where the user left the choice, and why; null for nothing.</summary>
    public string? Note { get; init; }

    public void Dispose() => Segmenter.Dispose();
}
