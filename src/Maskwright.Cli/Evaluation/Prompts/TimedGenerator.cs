using Maskwright.Images;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>Takes the time of another generator's work.</summary>
internal sealed class TimedGenerator(IMaskGenerator inner, TimeProvider clock) : IMaskGenerator
{
    /// <summary>How long the last image took.</summary>
    public TimeSpan Generating { get; private set; }

    public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var start = clock.GetTimestamp();
        var result = inner.Generate(image, progress, cancellationToken);
        Generating = clock.GetElapsedTime(start);
        return result;
    }
}
