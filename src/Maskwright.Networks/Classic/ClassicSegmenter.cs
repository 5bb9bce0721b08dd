using Maskwright.Images;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Classic;

/// <summary>Finds masks without any learned weights: a hierarchy of regions for everything, seeded graph cuts for prompts.</summary>
/// <remarks>See <c>docs/models/classic.md</c> for the method, its sources and its limits. Holds no state: one instance serves any number of threads.</remarks>
public sealed class ClassicSegmenter
{
}
