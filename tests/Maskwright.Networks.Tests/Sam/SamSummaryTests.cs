using Maskwright.Graphs;
using Maskwright.Networks.Sam;
using Xunit;

namespace Maskwright.Networks.Tests.Sam;

/// <summary>The published sizes and costs; shared/design/sam-and-slimsam.md, section 1.8.</summary>
public class SamSummaryTests
{
    [Theory]
    [InlineData("sam-vit-base", 89.67, 93.74, 368.9, 114.9, 2.5, 486)]
    [InlineData("sam-vit-large", 308.3, 312.3, 1311.5, 176.8, 5.0, 1493)]
    [InlineData("sam-vit-huge", 637.0, 641.1, 2733.0, 240.6, 7.6, 2981)]
    [InlineData("slimsam-50", 23.90, 27.96, 94.9, 57.4, 1.2, 153.5)]
    [InlineData("slimsam-77", 5.659, 9.724, 20.9, 25.1, 0.5, 46.6)]
    public void Counts_parameters_and_multiplications_as_published(string name, double encoder, double total, double module, double product, double relative, double all)
    {
        AssertTable(SamConfig.Presets.Single(p => p.Name == name), encoder, total, module, product, relative, all);
    }

    [Theory]
    [InlineData(384, 45.2, 49.3, 185.7, 114.9, 2.5, 303)]
    [InlineData(168, 20.2, 24.3, 82.7, 114.9, 2.5, 200)]
    public void Counts_an_encoder_whose_stream_is_narrower_than_its_attention(int embed, double encoder, double total, double module, double product, double relative, double all)
    {
        var config = SamConfig.VitB with { Encoder = (VitEncoderConfig)SamConfig.VitB.Encoder with { EmbedDim = embed } };

        AssertTable(config, encoder, total, module, product, relative, all);
    }

    private static void AssertTable(SamConfig config, double encoder, double total, double module, double product, double relative, double all)
    {
        var summary = GraphSummary.Of(SamGraphs.Encoder(config));

        var cost = Assert.NotNull(summary.Cost);
        Close(encoder, summary.ParameterCount / 1e6);
        Close(total, (SamGraphs.Parameters(config).Sum(p => p.Shape.ElementCount!.Value) - Buffer(config)) / 1e6);
        Close(module, cost.Module / 1e9);
        Close(product, cost.Product / 1e9);
        Close(relative, cost.RelativePosition / 1e9, 0.06);
        Close(all, cost.Total / 1e9);
    }

    // The Fourier matrix is a buffer in the reference, not a parameter.
    private static long Buffer(SamConfig config) => config.PromptDim;

    private static void Close(double published, double actual, double slack = 0) =>
        Assert.InRange(actual, (published * 0.998) - slack, (published * 1.002) + slack);
}
