using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Coco;

/// <summary>One image of a COCO data set with its masks.</summary>
/// <param name="FileName">The image's file name as it shall stand in the data set.</param>
/// <param name="Size">Width and height in pixels.</param>
/// <param name="Proposals">The masks, each at the image's size; may be empty.</param>
public sealed record CocoImage(string FileName, ImageSize Size, IReadOnlyList<MaskProposal> Proposals);
