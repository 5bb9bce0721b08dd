using Maskwright.Cli.Options;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>Chooses between the exact grid of points and a part of it.</summary>
internal static class GridGenerator
{
    /// <param name="segmenter">Answers the points; borrowed.</param>
    /// <param name="settings">What the user said.</param>
    /// <param name="defaults">What holds where the user said nothing.</param>
    public static IMaskGenerator Over(IPromptSegmenter segmenter, GenerationSettings settings, AutomaticMaskOptions defaults) => settings.IsAdaptive
        ? new AdaptiveMaskGenerator(segmenter, settings.OverAdaptive(defaults), settings.Clock)
        : new AutomaticMaskGenerator(segmenter, settings.Over(defaults));
}
