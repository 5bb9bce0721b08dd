namespace Maskwright.Networks.Classic;

/// <summary>What speaks for and against merging two touching regions.</summary>
/// <param name="Boundary">Mean boundary strength along the border, about 0 to 1.</param>
/// <param name="Color">Difference of the colour histograms, 0 to 1.</param>
/// <param name="Texture">Difference of the texture histograms, 0 to 1.</param>
/// <param name="LogSmallerArea">ln(area of the smaller / area of the image).</param>
/// <param name="LogLargerArea">ln(area of the larger / area of the image).</param>
/// <param name="Enclosure">The part of the smaller one's outline that they share, 0 to 1.</param>
/// <param name="UnrestOfSmaller">Mean boundary strength over the pixels of the smaller region.</param>
/// <param name="UnrestOfLarger">Mean boundary strength over the pixels of the larger region.</param>
internal readonly record struct BorderCues(
    float Boundary, float Color, float Texture, float LogSmallerArea, float LogLargerArea, float Enclosure, float UnrestOfSmaller, float UnrestOfLarger);
