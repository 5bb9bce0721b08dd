using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Semantic;
using Maskwright.Training.Data;
using Maskwright.Training.Semantic;

namespace Maskwright.Training.Validation;

/// <summary>A photo, whole, at the size at which a recipe looks at photos, with the class of every pixel.</summary>
/// <param name="Image">The photo, resized.</param>
/// <param name="Labels">Its classes, 0 to K-1 or <see cref="SemanticCrop.Void"/>; the nearest pixel's.</param>
internal sealed record WholeImage(RgbImage Image, LabelMap Labels)
{
    /// <summary>Resizes a photo and its first annotation.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="longestSide">Of the result, in pixels.</param>
    /// <param name="hasBackground">Whether class 0 is where no object is.</param>
    public static WholeImage Of(LabelledPhoto photo, int longestSide, bool hasBackground)
    {
        var (layers, from) = (photo.Annotations[0], photo.Image.Size);
        var scale = (double)longestSide / from.LongestSide;
        var size = new ImageSize(Math.Max(1, (int)Math.Round(from.Width * scale)), Math.Max(1, (int)Math.Round(from.Height * scale)));
        var classes = layers.Objects.ToDictionary(o => o.Id, o => o.Class);
        var all = SemanticCrop.LabelsOf(layers.Layers, id => classes[id], hasBackground);
        var labels = new int[size.PixelCount];
        for (int y = 0, i = 0; y < size.Height; y++)
        {
            var row = (int)((y + 0.5) * from.Height / size.Height) * from.Width;
            for (var x = 0; x < size.Width; x++, i++)
            {
                labels[i] = (int)all[row + (int)((x + 0.5) * from.Width / size.Width)];
            }
        }

        return new WholeImage(PillowResize.Resize(photo.Image, size), new LabelMap(size, labels));
    }

    /// <summary>The photo as a network wants it, mirrored beyond its border where the network must see more or is too small a picture for it.</summary>
    /// <param name="config">The network.</param>
    /// <returns>[3,H,W], and H and W.</returns>
    public (float[] Samples, ImageSize Size) Input(SemanticNetworkConfig config)
    {
        var samples = new float[3 * Image.Size.PixelCount];
        config.Normalisation.Apply(Image.Pixels, samples);
        var size = new ImageSize(config.OutputSideFor(Image.Width) + (2 * config.ContextPixels), config.OutputSideFor(Image.Height) + (2 * config.ContextPixels));
        return (MirrorBorder.Around(samples, Image.Size, size, config.ContextPixels), size);
    }
}
