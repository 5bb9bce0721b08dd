using Maskwright.Cli.Options;
using Maskwright.Networks.Classic;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>The learning-free model, embedded in the tool.</summary>
internal static class ClassicModel
{
    // At its working resolution it needs next to nothing; what grows with the image are the masks themselves.
    private const long FixedBytes = 150_000_000;
    private const int BytesAPixel = 12;

    /// <exception cref="ToolException">Another device than the processor, or an engine or a precision for networks, is asked for.</exception>
    public static LoadedModel Create(ModelRequest request)
    {
        if (request.Device != "cpu")
        {
            throw new ToolException(
                ExitCode.Device,
                $"classic runs on the processor only, not on '{request.Device}'. Leave --device out, or choose a network with --model.");
        }

        if (request.Engine == ModelEngine.Torch)
        {
            throw new ToolException(ExitCode.Usage, "classic runs no network: leave --engine out, or choose a network with --model.");
        }

        if (request.Precision is not (ModelPrecision.Float32 or ModelPrecision.Auto))
        {
            throw new ToolException(ExitCode.Usage, "classic runs no network: leave --precision out, or choose a network with --model.");
        }

        var segmenter = new ClassicSegmenter();
        return new LoadedModel
        {
            Segmenter = segmenter,
            GeneratorFor = settings => GeneratorFor(segmenter, settings),
            PeakBytes = (size, _) => FixedBytes + (size.PixelCount * BytesAPixel),
        };
    }

    // It finds everything by its own hierarchy of regions. Settings that only mean something for a grid of points make it answer such a grid.
    private static IMaskGenerator GeneratorFor(ClassicSegmenter segmenter, GenerationSettings settings)
    {
        if (settings.AsksForGrid)
        {
            return GridGenerator.Over(segmenter, settings, new AutomaticMaskOptions { PredIouThreshold = 0, StabilityScoreThreshold = 0 });
        }

        var own = settings.PredIouThreshold is null && settings.MaxProposals is null ? segmenter : new ClassicSegmenter(Over(settings, new ClassicOptions()));
        return settings.MinMaskRegionArea is > 0 and var area ? new CleaningGenerator(own, area) : own;
    }

    private static ClassicOptions Over(GenerationSettings settings, ClassicOptions defaults) => defaults with
    {
        MinPredictedIou = settings.PredIouThreshold is { } floor ? Math.Clamp(floor, 0, 1) : defaults.MinPredictedIou,
        MaxProposals = settings.MaxProposals ?? defaults.MaxProposals,
    };
}
