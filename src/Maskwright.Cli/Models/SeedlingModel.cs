using Maskwright.Cli.Options;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>The network of this house, from inside the library or from a checkpoint.</summary>
internal static class SeedlingModel
{
    // Measured at the working side of 512 with 160 prompts on two threads: 400 MB, the runtime and all networks; what grows with the image are the masks themselves.
    private const long FixedBytes = 380_000_000;
    private const long BytesAThread = 25_000_000;
    private const int BytesAPixel = 12;
    private const long BytesOfWindows = 150_000_000; // four of them, measured on a photo of 2250 x 1500

    /// <param name="seedling">The network.</param>
    /// <param name="segmenter">The same, perhaps behind a cache; owned by the result.</param>
    /// <param name="request">How its prompts shall be answered.</param>
    /// <param name="note">What was chosen, and why; null for nothing.</param>
    public static LoadedModel Around(SeedlingSegmenter seedling, IPromptSegmenter segmenter, ModelRequest request, string? note)
    {
        var closer = request.LooksCloser ? seedling.LookingCloser(segmenter) : segmenter;
        return new LoadedModel
        {
            Segmenter = request.GuardsClicks ? new GuardedPromptSegmenter(closer) : closer,
            Note = note,
            GeneratorFor = settings => GeneratorFor(segmenter, settings),
            PeakBytes = (size, _) => FixedBytes + (Environment.ProcessorCount * BytesAThread) + (size.PixelCount * BytesAPixel) + (request.LooksCloser ? BytesOfWindows : 0),
        };
    }

    // Its own search asks where one look at the image promises most. Settings that only mean something for a grid of points make it answer such a grid.
    public static IMaskGenerator GeneratorFor(IPromptSegmenter segmenter, GenerationSettings settings)
    {
        var own = new SeedlingGeneratorOptions();
        if (settings.AsksForGrid)
        {
            return GridGenerator.Over(
                segmenter, settings, new AutomaticMaskOptions { PredIouThreshold = own.PredIouThreshold, StabilityScoreThreshold = own.StabilityScoreThreshold });
        }

        var generator = new SeedlingGenerator(
            segmenter,
            own with
            {
                PredIouThreshold = settings.PredIouThreshold ?? own.PredIouThreshold,
                RegionIouThreshold = settings.PredIouThreshold ?? own.RegionIouThreshold,
                NmsThreshold = settings.BoxNmsThreshold ?? own.NmsThreshold,
            });
        return settings.MinMaskRegionArea is > 0 and var area ? new CleaningGenerator(generator, area) : generator;
    }
}
