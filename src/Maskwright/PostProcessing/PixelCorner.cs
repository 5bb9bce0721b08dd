namespace Maskwright.PostProcessing;

/// <summary>A corner of the pixel grid: (0, 0) is the top-left corner of the top-left pixel, (W, H) the bottom-right corner of the last one.</summary>
/// <param name="X">Pixels from the left edge, 0 to W.</param>
/// <param name="Y">Pixels from the top edge, 0 to H.</param>
public readonly record struct PixelCorner(int X, int Y);
