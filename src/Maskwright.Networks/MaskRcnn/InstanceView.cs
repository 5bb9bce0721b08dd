using Maskwright.Geometry;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>One look at an image.</summary>
/// <param name="Area">What is looked at: the image, or a part of it.</param>
/// <param name="Scale">At which size, as a factor of the usual one.</param>
/// <param name="IsFlipped">Whether mirrored.</param>
/// <param name="Pass">Which time the image is looked at: the parts of one time have one number, the first is 0.</param>
internal readonly record struct InstanceView(PixelRect Area, double Scale, bool IsFlipped, int Pass);
