using Maskwright.Geometry;
using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>How large Seedling is and what it costs: once for an image, and once for a click.</summary>
/// <param name="Canvas">The size of the image in the network's frame.</param>
/// <param name="Encoder">The encoder, for the image.</param>
/// <param name="Decoder">The decoder, for one click.</param>
public sealed record SeedlingSummary(ImageSize Canvas, GraphSummary Encoder, GraphSummary Decoder)
{
    /// <summary>Learned numbers of both, running statistics included.</summary>
    public long ParameterCount => Encoder.ParameterCount + Decoder.ParameterCount;

    /// <summary>Measures the network on a photo of 4:3.</summary>
    /// <param name="config">The sizes; null for the published ones.</param>
    public static SeedlingSummary Of(SeedlingConfig? config = null)
    {
        config ??= SeedlingConfig.Default;
        var canvas = new SeedlingFrame(new ImageSize(4, 3), config.WorkingSide).Canvas;
        return new SeedlingSummary(canvas, GraphSummary.Of(SeedlingGraphs.Encoder(config, canvas)), GraphSummary.Of(SeedlingGraphs.Decoder(config, canvas)));
    }
}
