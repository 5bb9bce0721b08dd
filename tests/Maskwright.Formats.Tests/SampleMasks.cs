using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Testing;

namespace Maskwright.Formats.Tests;

/// <summary>A small image with two masks, and requests to write it.</summary>
internal static class SampleMasks
{
    public static MaskProposal Square { get; } = new(RunLengthMask.FromMask(AsciiMask.Parse("""
        ......
        .###..
        .###..
        ......
        """)), 0.9)
    {
        StabilityScore = 0.5,
        PromptPoint = new PixelPoint(2, 1.5),
    };

    public static MaskProposal Ring { get; } = new(RunLengthMask.FromMask(AsciiMask.Parse("""
        ######
        #....#
        #....#
        ######
        """)), 1e-5)
    {
        StabilityScore = 1,
        PromptPoint = new PixelPoint(0.25, 3),
        CropBox = new PixelRect(0, 0, 6, 4),
    };

    public static RgbImage Photo { get; } = new(6, 4, [.. Enumerable.Range(0, 72).Select(i => (byte)(3 * i))]);

    public static MaskWriteRequest Request(string folder, params MaskProposal[] proposals) =>
        new() { Image = Photo, ImagePath = "photos/cat.jpg", Proposals = proposals, OutputFolder = folder };
}
