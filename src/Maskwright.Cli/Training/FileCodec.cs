using Maskwright.Formats.Images;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Training.Data;

namespace Maskwright.Cli.Training;

/// <summary>Photos and label maps for training, decoded by this house's readers.</summary>
internal sealed class FileCodec : IImageCodec
{
    public RgbImage ReadImage(string path) => ImageReader.Read(path);

    public LabelMap ReadLabels(string path) => MaskImageReader.ReadLabels(path);

    public RgbImage Recompress(RgbImage image, int quality) => ImageReader.Read(ImageWriter.EncodeJpeg(image, quality), "a training crop");
}
