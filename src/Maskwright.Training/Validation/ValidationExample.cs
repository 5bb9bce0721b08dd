using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Training.Validation;

/// <summary>An image with what it shows and what the network made of it.</summary>
/// <param name="Name">The name by which messages call it.</param>
/// <param name="Image">The image, as it was looked at.</param>
/// <param name="Truth">The class of every pixel, or the number of the object that it belongs to; of the image's size.</param>
/// <param name="Found">The network's answer, in the same numbers: an object that was found has the number of the true one that it shows.</param>
/// <param name="BackgroundLabel">The number of pixels where nothing is; null where every pixel is something.</param>
/// <param name="VoidLabel">The number of pixels whose truth is not known; null for none.</param>
public sealed record ValidationExample(string Name, RgbImage Image, LabelMap Truth, LabelMap Found, int? BackgroundLabel, int? VoidLabel);
