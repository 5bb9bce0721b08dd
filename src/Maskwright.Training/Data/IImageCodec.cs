using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Training.Data;

/// <summary>How files become images and labels; training itself knows no file format. Called from several threads at once.</summary>
public interface IImageCodec
{
    /// <summary>Reads a photo.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The whole image, upright.</returns>
    RgbImage ReadImage(string path);

    /// <summary>Reads one label a pixel.</summary>
    /// <param name="path">The file.</param>
    LabelMap ReadLabels(string path);

    /// <summary>Compresses an image as JPEG and decodes it again.</summary>
    /// <param name="image">The image.</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <returns>An image of the same size with the marks of compression.</returns>
    RgbImage Recompress(RgbImage image, int quality);
}
