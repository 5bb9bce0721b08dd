using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Networks.Classic;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Cli.Tests.Models;

public sealed class SeedlingModelTests
{
    [Fact]
    public void A_floor_for_the_score_holds_for_answers_and_regions_alike()
    {
        var options = Assert.IsType<SeedlingGenerator>(Generator(new GenerationSettings { PredIouThreshold = 0.77, BoxNmsThreshold = 0.5 })).Options;

        Assert.Equal((0.77, 0.77, 0.5), (options.PredIouThreshold, options.RegionIouThreshold, options.NmsThreshold));
    }

    [Fact]
    public void Without_settings_it_keeps_its_own()
    {
        Assert.Equal(new SeedlingGeneratorOptions(), Assert.IsType<SeedlingGenerator>(Generator(new GenerationSettings())).Options);
    }

    private static IMaskGenerator Generator(GenerationSettings settings)
    {
        using var segmenter = new ClassicSegmenter();
        return SeedlingModel.GeneratorFor(segmenter, settings);
    }
}
