using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>A step from masks to better masks.</summary>
public interface IPostProcessor
{
    /// <summary>Improves masks.</summary>
    /// <param name="proposals">Any number of masks; not changed.</param>
    /// <returns>The masks that remain, in the order in which they came.</returns>
    IReadOnlyList<MaskProposal> Apply(IReadOnlyList<MaskProposal> proposals);
}
