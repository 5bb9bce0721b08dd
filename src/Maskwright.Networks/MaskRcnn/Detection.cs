namespace Maskwright.Networks.MaskRcnn;

/// <summary>A box with its class and score.</summary>
/// <param name="Box">In the pixels of the image that the caller speaks of.</param>
/// <param name="Class">1 to K-1; 0 is background.</param>
/// <param name="Score">The class's share of the softmax.</param>
public readonly record struct Detection(RegionBox Box, int Class, float Score);
