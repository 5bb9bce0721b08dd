using Maskwright.Graphs;
using Maskwright.Networks.Seedling;

namespace Maskwright.Networks.Backbones;

/// <summary>The encoder of the first Seedling without its top-down path, on which some of the networks stand that come with the library.</summary>
/// <remarks>4.8 million parameters when whole, of which the coarsest stage has half. New networks stand on <see cref="ResNetConfig.Seedling"/>.</remarks>
public sealed record FirstSeedlingBackboneConfig : BackboneConfig
{
    /// <summary>Blocks of the stage of stride 32: 2, which its attention follows; 1; or 0, which leaves the stage out.</summary>
    public int CoarsestBlocks { get; init; } = 2;

    internal override BackboneFeatures Describe(GraphBuilder g, Value image)
    {
        if (CoarsestBlocks is < 0 or > 2 || OutputStride != (CoarsestBlocks == 0 ? 16 : 32))
        {
            throw new ArgumentException($"Seedling's encoder has 0 to 2 blocks of stride 32, and an output stride of 16 without them: not {CoarsestBlocks} and {OutputStride}.");
        }

        var maps = SeedlingEncoder.Trunk(g, image, SeedlingConfig.First, CoarsestBlocks);
        return new BackboneFeatures(maps, maps[^2]);
    }
}
