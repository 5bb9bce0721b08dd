using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests;

/// <summary>Small data sets, and the way through a file and back.</summary>
internal static class SampleAnnotations
{
    public static ImageSize Size { get; } = new(20, 16);

    public static DatasetCategory Cat { get; } = new(1, "cat");

    public static DatasetCategory Dog { get; } = new(2, "big dog");

    public static PolygonShape Triangle { get; } = PolygonShape.FromNumbers([[1.5, 1, 8, 2.25, 3, 9]]);

    public static PolygonShape TwoParts { get; } = PolygonShape.FromNumbers([[1, 1, 5, 1, 5, 5, 1, 5], [8, 8, 15, 8, 15, 14, 8, 14]]);

    public static PolygonShape Frame { get; } = new([PolygonPart.FromNumbers([2, 2, 12, 2, 12, 12, 2, 12]) with { Holes = [PolygonPart.FromNumbers([4, 4, 8, 4, 8, 9, 4, 9]).Outer] }]);

    public static BoxShape Box { get; } = new(new ObjectBox(10, 3, 5, 7.5));

    public static MaskShape Spots { get; } = new(RunLengthMask.FromMask(AsciiMask.Parse("""
        #...................
        ....................
        .....###............
        .....#.#............
        .....###............
        ....................
        ....................
        ....................
        ....................
        .................##.
        .................##.
        ....................
        ....................
        ....................
        ....................
        ...................#
        """)));

    public static AnnotatedObject Object(ObjectShape shape, DatasetCategory? category = null) => new(category ?? Cat, shape);

    public static AnnotatedDataset Dataset(params AnnotatedObject[] objects) => new([Cat, Dog], [new AnnotatedImage("a.png", Size, objects)]);

    /// <summary>Writes into a folder or file, reads that again, and gives what came back.</summary>
    public static (AnnotatedDataset Back, LossReport Losses) RoundTrip(this AnnotatedDataset dataset, string format, string path, DatasetWriteOptions? options = null, string? imageFolder = null)
    {
        var losses = Assert.IsAssignableFrom<IDatasetWriter>(DatasetFormats.Writer(format)).Write(dataset, path, options);
        var back = Assert.IsAssignableFrom<IDatasetReader>(DatasetFormats.Reader(format)).Open(path, new DatasetReadOptions { ImageFolder = imageFolder });
        return (back with { Images = [.. back.Images] }, losses);
    }

    /// <summary>Makes the pictures that a data set is about, black.</summary>
    public static string Pictures(this AnnotatedDataset dataset, string folder)
    {
        foreach (var image in dataset.Images)
        {
            var path = Path.Combine(folder, image.FileName);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            Formats.Images.ImageWriter.WritePng(new RgbImage(image.Size.Width, image.Size.Height, new byte[image.Size.PixelCount * 3]), path);
        }

        return folder;
    }

    /// <summary>Fails unless both images show the same objects, pixel for pixel and in the same order.</summary>
    public static void SameObjects(AnnotatedImage expected, AnnotatedImage actual)
    {
        Assert.Equal(expected.Size, actual.Size);
        Assert.Equal(expected.Objects.Select(o => o.Category.Name), actual.Objects.Select(o => o.Category.Name));
        foreach (var (one, other) in expected.Objects.Zip(actual.Objects))
        {
            AsciiMask.Equal(one.Shape.ToMask(expected.Size).ToBinaryMask(), other.Shape.ToMask(actual.Size).ToBinaryMask());
        }
    }
}
