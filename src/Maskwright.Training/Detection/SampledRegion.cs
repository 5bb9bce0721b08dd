using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Data;

namespace Maskwright.Training.Detection;

/// <summary>A proposal that the heads are asked about.</summary>
/// <param name="Image">The image's place in the batch.</param>
/// <param name="Box">In the image's pixels.</param>
/// <param name="Object">What it shows; null for background.</param>
internal sealed record SampledRegion(int Image, RegionBox Box, TrueObject? Object)
{
    /// <summary>The class that the box head should name.</summary>
    public int Class => Object?.Class ?? 0;

    /// <summary>Matches and draws; the objects' own boxes are among the proposals, so that there is something to learn from the first step on.</summary>
    public static IEnumerable<SampledRegion> Draw(int image, IReadOnlyList<RegionBox> proposals, IReadOnlyList<TrueObject> truth, DetectionOptions options, SampleRandom random)
    {
        RegionBox[] objects = [.. truth.Select(o => o.Box)];
        RegionBox[] all = [.. proposals, .. objects];
        var matches = BoxMatching.Match(objects, all, options.RegionObjectIou, options.RegionObjectIou, keepsBest: false);
        var drawn = BalancedSampling.Draw(matches, options.RegionsPerImage, options.RegionObjectFraction, random);
        return drawn.Objects.Select(i => new SampledRegion(image, all[i], truth[matches[i]])).Concat(drawn.Background.Select(i => new SampledRegion(image, all[i], null)));
    }

    /// <summary>Regions in the order in which the heads answer: map by map, the finest first.</summary>
    public static List<SampledRegion> ByLevel(IEnumerable<SampledRegion> regions)
    {
        List<SampledRegion> all = [.. regions];
        var levels = new RegionLevels([.. all.Select(region => region.Box)]).Levels;
        return [.. all.Index().OrderBy(region => levels[region.Index]).Select(region => region.Item)];
    }
}
