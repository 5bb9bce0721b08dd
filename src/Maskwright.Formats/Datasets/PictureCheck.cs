using Maskwright.Datasets;
using Maskwright.Formats.Images;

namespace Maskwright.Formats.Datasets;

/// <summary>Looks for the pictures of a data set's images while they are read.</summary>
public static class PictureCheck
{
    /// <summary>A data set of which every image has its picture, of the size that is written down.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="imageFolder">The folder of the pictures.</param>
    /// <param name="options">What to do with images whose picture is missing, damaged or of another size; null throws the first.</param>
    /// <exception cref="InvalidAnnotationException">Thrown as the images are gone through: a picture is missing, damaged or of another size.</exception>
    public static AnnotatedDataset Of(AnnotatedDataset dataset, string imageFolder, DatasetReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        options ??= DatasetReadOptions.Default;
        return dataset.Select(image =>
        {
            if (FaultOf(image, imageFolder) is not { } fault)
            {
                return image;
            }

            options.Handle(fault);
            return null;
        }) with { ImageCount = dataset.ImageCount };
    }

    /// <summary>The file of an image: in the folder under the name that the data set gives, else under its last part.</summary>
    /// <param name="imageFolder">The folder of the pictures.</param>
    /// <param name="fileName">The image's file name.</param>
    /// <returns>The path of a file that exists; null when there is none.</returns>
    public static string? Find(string imageFolder, string fileName)
    {
        ArgumentNullException.ThrowIfNull(imageFolder);
        ArgumentNullException.ThrowIfNull(fileName);
        string[] places = [Path.Combine(imageFolder, fileName), Path.Combine(imageFolder, Path.GetFileName(fileName))];
        return fileName.Length == 0 ? null : places.FirstOrDefault(File.Exists);
    }

    private static InvalidAnnotationException? FaultOf(AnnotatedImage image, string imageFolder)
    {
        if (Find(imageFolder, image.FileName) is not { } path)
        {
            return new InvalidAnnotationException(Path.Combine(imageFolder, image.FileName), null, $"the picture of image {image.Id} does not exist");
        }

        try
        {
            var size = ImageReader.Identify(path).Size;
            return size == image.Size ? null : new InvalidAnnotationException(path, null, $"the picture is {size}, but the data set says {image.Size}");
        }
        catch (Exception e) when (e is InvalidImageException or UnsupportedFormatException)
        {
            return new InvalidAnnotationException(path, null, e is InvalidImageException damaged ? damaged.Reason : e.Message, e);
        }
    }
}
