using Maskwright.Images;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>Takes the time of another segmenter's work.</summary>
internal sealed class TimedSegmenter(IPromptSegmenter inner, TimeProvider clock) : IPromptSegmenter
{
    public string Name => inner.Name;

    public double MaskThresholdLogit => inner.MaskThresholdLogit;

    public bool PrefersReadingsOfOneClick => inner.PrefersReadingsOfOneClick;

    /// <summary>How long the last image took.</summary>
    public TimeSpan Encoding { get; private set; }

    /// <summary>How long each prompt took since <see cref="Forget"/>, and whether it was a box.</summary>
    public List<(bool IsBox, TimeSpan Time)> Prompts { get; } = [];

    public void Forget() => Prompts.Clear();

    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
    {
        var start = clock.GetTimestamp();
        var embedding = inner.Encode(image, cancellationToken);
        Encoding = clock.GetElapsedTime(start);
        return embedding;
    }

    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        var start = clock.GetTimestamp();
        var predictions = inner.Predict(embedding, prompts, options, cancellationToken);
        Prompts.Add((prompts[0].Box is not null, clock.GetElapsedTime(start) / prompts.Count));
        return predictions;
    }

    /// <summary>Leaves the other segmenter to its owner.</summary>
    public void Dispose()
    {
    }
}
