using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Reporting;

/// <summary>What became of one image.</summary>
/// <param name="Input">The image, as the user would say it.</param>
/// <param name="Size">Its size.</param>
/// <param name="Proposals">Its masks.</param>
/// <param name="Report">How many candidates each stage dropped; null where nothing was generated.</param>
/// <param name="Files">What was written.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record ImageOutcome(
    string Input, ImageSize Size, IReadOnlyList<MaskProposal> Proposals, GenerationReport? Report, IReadOnlyList<string> Files, TimeSpan Elapsed);
