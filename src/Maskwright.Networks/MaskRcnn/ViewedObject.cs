using Maskwright.Masks;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>An object as one look at the image showed it.</summary>
/// <param name="Mask">In the image's frame.</param>
/// <param name="Class">1 to K-1.</param>
/// <param name="Score">How sure.</param>
/// <param name="View">The look.</param>
/// <param name="IsCut">Whether it reaches to where the part ends but the image goes on.</param>
internal sealed record ViewedObject(RunLengthMask Mask, int Class, double Score, InstanceView View, bool IsCut);
