using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Formats.Npy;
using Maskwright.Geometry;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Bench.Fuzzing;

/// <summary>Small sound inputs of every kind, made by the house's own writers.</summary>
internal static class FuzzSamples
{
    private static readonly ImageSize _size = new(40, 30);

    /// <summary>Images of every format that can be written here.</summary>
    public static IReadOnlyList<FuzzSeed> Images()
    {
        var photo = Photo(5);
        var seeds = new List<FuzzSeed>
        {
            FuzzSeed.Of("rgb.png", ImageWriter.EncodePng(photo)),
            FuzzSeed.Of("mask.png", ImageWriter.EncodePng(Blob(3).ToBinaryMask())),
            FuzzSeed.Of("labels.png", ImageWriter.EncodePng(Labels())),
            FuzzSeed.Of("rgb.jpg", ImageWriter.EncodeJpeg(photo)),
            FuzzSeed.Of("labels.tif", LabelTiff.Encode(Labels())),
            FuzzSeed.Of("rgb.bmp", Bitmap(photo)),
        };
        using var image = NetVips.Image.NewFromMemory(photo.Pixels.ToArray(), photo.Width, photo.Height, 3, NetVips.Enums.BandFormat.Uchar);
        using var named = image.Copy(interpretation: NetVips.Enums.Interpretation.Srgb);
        foreach (var extension in new[] { ".webp", ".gif", ".tif", ".avif" })
        {
            seeds.Add(FuzzSeed.Of("rgb" + extension, named.WriteToBuffer(extension)));
        }

        return seeds;
    }

    /// <summary>NumPy arrays.</summary>
    public static IReadOnlyList<FuzzSeed> Arrays()
    {
        using var numbers = new MemoryStream();
        NpyWriter.Write<float>(numbers, [1, 2, 3, 4, 5, 6], [2, 3]);
        using var bits = new MemoryStream();
        NpyWriter.Write<bool>(bits, new bool[24], [2, 3, 4]);
        return [FuzzSeed.Of("a.npy", numbers.ToArray()), FuzzSeed.Of("b.npy", bits.ToArray())];
    }

    /// <summary>A file of weights.</summary>
    public static IReadOnlyList<FuzzSeed> Weights()
    {
        using var weights = WeightFile.FromArrays([("encoder.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("encoder.bias", [3], [7, 8, 9])]);
        var path = Path.GetTempFileName();
        try
        {
            Graphs.Weights.Safetensors.SafetensorsWriter.Write(path, weights.Values, new Dictionary<string, string> { ["format"] = "pt" });
            return [FuzzSeed.Of("a.safetensors", File.ReadAllBytes(path))];
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What a writer of data sets makes of the sample: everything it holds, or masks alone where that is too much.</summary>
    public static FuzzSeed? Dataset(string formatName)
    {
        if (DatasetFormats.Writer(formatName) is not { } writer)
        {
            return null;
        }

        foreach (var isRich in new[] { true, false })
        {
            var folder = Directory.CreateTempSubdirectory("maskwright-fuzz-").FullName;
            try
            {
                return Write(writer, folder, isRich);
            }
            catch (Exception e) when (isRich && e is ArgumentException or IOException)
            {
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return null;
    }

    private static FuzzSeed Write(IDatasetWriter writer, string folder, bool isRich)
    {
        var images = Path.Combine(folder, FuzzSeed.ImageFolder);
        Directory.CreateDirectory(images);
        ImageWriter.WritePng(Photo(1), Path.Combine(images, "a.png"));
        ImageWriter.WritePng(Photo(2), Path.Combine(images, "b.png"));
        var open = writer.WritesFolder ? "data" : "data" + (writer.FormatName switch { "cvat" => ".xml", "npz" => ".npz", _ => ".json" });
        writer.Write(Sample(isRich) with { ImageFolder = images }, Path.Combine(folder, open), new DatasetWriteOptions { ImageFolder = images });
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes);
        return new FuzzSeed(files, open);
    }

    private static AnnotatedDataset Sample(bool isRich)
    {
        DatasetCategory[] categories = [new(1, "cat") { Supercategory = "animal" }, new(7, "road") { IsThing = !isRich }];
        AnnotatedObject[] plain = [new(categories[0], new MaskShape(Blob(1))) { Id = 1 }, new(categories[1], new MaskShape(Blob(12))) { Id = 2 }];
        AnnotatedObject[] rich =
        [
            .. plain,
            new(categories[0], PolygonShape.FromNumbers([[2, 2, 14.5, 3, 9, 12.25], [20, 20, 30, 20, 30, 28]])) { Id = 3, Score = 0.75, GroupId = 4 },
            new(categories[0], new MaskShape(Blob(6))) { Id = 4, IsCrowd = true, Area = 33, Box = new Metrics.ObjectBox(1, 2, 3.5, 4) },
            new(categories[1], new BoxShape(new Metrics.ObjectBox(3, 4, 10, 12.5))) { Id = 5 },
        ];
        return new AnnotatedDataset(categories, [new AnnotatedImage("a.png", _size, isRich ? rich : plain) { Id = 1 }, new AnnotatedImage("b.png", _size, plain[..1]) { Id = 2 }])
        {
            ImageCount = 2,
        };
    }

    private static RunLengthMask Blob(int shift)
    {
        var mask = new BinaryMask(_size);
        for (var i = 0; i < _size.PixelCount; i++)
        {
            var (x, y) = ((i % _size.Width) - shift - 8, (i / _size.Width) - 12);
            mask[i % _size.Width, i / _size.Width] = (x * x) + (y * y) is < 60 and > 6;
        }

        return RunLengthMask.FromMask(mask);
    }

    private static LabelMap Labels() => new(_size, [.. Enumerable.Range(0, (int)_size.PixelCount).Select(i => i % 7 == 0 ? 300 : i % 5)]);

    private static RgbImage Photo(int seed)
    {
        var pixels = new byte[_size.PixelCount * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((i * seed / 3) + (i % 3 * 40));
        }

        return new RgbImage(_size.Width, _size.Height, pixels);
    }

    private static byte[] Bitmap(RgbImage image)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var row = ((image.Width * 3) + 3) / 4 * 4;
        writer.Write("BM"u8);
        foreach (var number in new[] { 54 + (row * image.Height), 0, 54, 40, image.Width, image.Height, 1 | (24 << 16), 0, row * image.Height, 2835, 2835, 0, 0 })
        {
            writer.Write(number);
        }

        for (var y = image.Height - 1; y >= 0; y--)
        {
            writer.Write(image.Row(y));
            writer.Write(new byte[row - (image.Width * 3)]);
        }

        return stream.ToArray();
    }
}
