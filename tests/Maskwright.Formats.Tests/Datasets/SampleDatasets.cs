using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Png;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Tests.Datasets;

/// <summary>Makes small data sets that use what some formats hold, and nothing else.</summary>
internal sealed class SampleDatasets(DatasetFeatures features, int seed)
{
    private const int Cells = 3; // objects lie in cells of their own unless they may overlap

    private readonly Random _random = new(seed);
    private long _nextId = 1;

    /// <summary>A data set; no object is without a pixel unless the features say so.</summary>
    public AnnotatedDataset Make()
    {
        var categories = Enumerable.Range(0, Has(DatasetFeatures.Categories) ? 4 : Has(DatasetFeatures.CategoryIds) ? 2 : 1).Select(Category).ToList();
        var images = Enumerable.Range(0, Has(DatasetFeatures.SeveralImages) ? 3 : 1).Select(i => Image(i, categories)).ToList();
        var used = images.SelectMany(image => image.Objects).Select(item => item.Category).ToHashSet();
        return new AnnotatedDataset(Has(DatasetFeatures.UnusedCategories) ? categories : [.. categories.Where(used.Contains)], images)
        {
            ImageCount = images.Count,
            Info = Has(DatasetFeatures.Info) ? Attributes("info").With("description", "made for a test") : DatasetAttributes.Empty,
        };
    }

    /// <summary>Writes a black picture for every image, for formats that look at them.</summary>
    public static void WritePictures(AnnotatedDataset dataset, string folder)
    {
        foreach (var image in dataset.Images.Where(image => image.FileName.Length > 0))
        {
            var path = Path.Combine(folder, image.FileName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, stream =>
            {
                using var png = new PngFile(stream, image.Size, PngPixels.Grey8);
                for (var y = 0; y < image.Size.Height; y++)
                {
                    png.WriteSameRow();
                }

                png.Complete();
            });
        }
    }

    private bool Has(DatasetFeatures feature) => (features & feature) == feature;

    private bool Flip() => _random.Next(2) == 0;

    private DatasetCategory Category(int index)
    {
        if (!Has(DatasetFeatures.Categories))
        {
            return Has(DatasetFeatures.CategoryIds) ? new DatasetCategory(index + 7, $"{index + 7}") : DatasetCategory.Unlabelled;
        }

        return new DatasetCategory(Has(DatasetFeatures.CategoryIds) ? (index * 3) + 2 : index + 1, index == 1 ? "traffic light" : $"class {(char)('a' + index)} \u00e9")
        {
            Supercategory = Has(DatasetFeatures.Supercategories) ? "things & <more>" : null,
            IsThing = !Has(DatasetFeatures.Stuff) || index != 2,
            Colour = Has(DatasetFeatures.Colours) ? new RgbColour((byte)(40 * index), 200, (byte)index) : null,
            Frequency = Has(DatasetFeatures.Frequencies) ? (CategoryFrequency)(index % 3) : null,
            Attributes = Has(DatasetFeatures.CategoryAttributes) ? DatasetAttributes.Empty.With("synset", $"n{index}") : DatasetAttributes.Empty,
        };
    }

    private AnnotatedImage Image(int index, List<DatasetCategory> categories)
    {
        var size = new ImageSize(_random.Next(60, 90), _random.Next(60, 90));
        var isEmpty = index == 1 && Has(DatasetFeatures.EmptyImages);
        var cells = Enumerable.Range(0, Cells * Cells).OrderBy(_ => _random.Next()).Take(isEmpty ? 0 : _random.Next(2, 7)).ToList();
        return new AnnotatedImage(Has(DatasetFeatures.FileNames) ? $"picture {index}.png" : string.Empty, size, [.. cells.Select((cell, i) => Object(size, cell, categories[(i + index) % categories.Count]))])
        {
            Id = Has(DatasetFeatures.ImageIds) ? (index * 5) + 10 : null,
            Split = Has(DatasetFeatures.Splits) ? (index == 2 ? "val" : "train") : null,
            Attributes = Has(DatasetFeatures.ImageAttributes) ? Attributes("image") : DatasetAttributes.Empty,
            AbsentCategoryIds = Has(DatasetFeatures.Frequencies) ? [categories[^1].Id] : null,
            IncompleteCategoryIds = Has(DatasetFeatures.Frequencies) ? [] : null,
        };
    }

    private AnnotatedObject Object(ImageSize size, int cell, DatasetCategory category)
    {
        var (width, height) = (size.Width / Cells, size.Height / Cells);
        var area = new PixelRect(cell % Cells * width, cell / Cells * height, width, height);
        if (Has(DatasetFeatures.Overlap) && Flip())
        {
            area = new PixelRect(Math.Max(0, area.X - 5), Math.Max(0, area.Y - 5), width, height);
        }

        var shape = Shape(size, area);
        return new AnnotatedObject(category, shape)
        {
            Id = Has(DatasetFeatures.ObjectIds) ? _nextId += _random.Next(1, 4) : null,
            Box = Has(DatasetFeatures.Boxes) && shape is not BoxShape ? new ObjectBox(area.X + 0.25, area.Y, area.Width - 0.5, area.Height) : null,
            Area = Has(DatasetFeatures.Areas) ? area.Area - 0.125 : null,
            IsCrowd = Has(DatasetFeatures.Crowds) && _random.Next(4) == 0,
            IsIgnored = Has(DatasetFeatures.IgnoreFlags) && _random.Next(4) == 0,
            Score = Has(DatasetFeatures.Scores) ? _random.NextDouble() : null,
            GroupId = Has(DatasetFeatures.Groups) && Flip() ? _random.Next(1, 4) : null,
            TrackId = Has(DatasetFeatures.Tracks) && Flip() ? _random.Next(1, 9) : null,
            Attributes = Has(DatasetFeatures.Attributes) && Flip() ? Attributes("object") : DatasetAttributes.Empty,
        };
    }

    private DatasetAttributes Attributes(string of)
    {
        var attributes = DatasetAttributes.Empty.With("colour of it", $"{of} red & \"blue\"").With("pose", "left");
        return Has(DatasetFeatures.TypedAttributes)
            ? attributes.With("occluded", true).With("count", 3L).With("truncation", 0.1).With("whole", 2.0).With("points", new ListValue([1L, 2.5, "x", new GroupValue(DatasetAttributes.Empty.With("a", false))]))
            : attributes;
    }

    private ObjectShape Shape(ImageSize size, PixelRect area)
    {
        if (Has(DatasetFeatures.BoxShapes) && _random.Next(4) == 0)
        {
            return new BoxShape(new ObjectBox(area.X + 1.5, area.Y + 2, area.Width - 3.25, area.Height - 4));
        }

        if (Has(DatasetFeatures.EmptyObjects) && _random.Next(12) == 0)
        {
            return new MaskShape(RunLengthMask.Empty(size));
        }

        var hole = Has(DatasetFeatures.Holes) && Flip();
        return (!Has(DatasetFeatures.ExactPixels) || Flip()) && (!hole || Has(DatasetFeatures.ExactHoleVertices)) ? Polygons(area, hole) : new MaskShape(Mask(size, area, hole));
    }

    // In the left part of the area a block with cut corners, perhaps with a hole; in the right part perhaps another one.
    private RunLengthMask Mask(ImageSize size, PixelRect area, bool hole)
    {
        var bits = new BinaryMask(size);
        var (split, cut) = (area.X + (area.Width * 2 / 3), _random.Next(0, 3));
        for (var y = area.Y + 1; y < area.Bottom - 1; y++)
        {
            for (var x = area.X + 1; x < split - 1; x++)
            {
                var isCut = x - area.X + (y - area.Y) < cut + 2;
                var isHole = hole && Math.Abs(y - (area.Y + (area.Height / 2))) < 3 && Math.Abs(x - (area.X + (area.Width / 3))) < 3;
                bits[x, y] = !isCut && !isHole;
            }

            for (var x = split; Has(DatasetFeatures.Parts) && x < area.Right - 1; x++)
            {
                bits[x, y] = (y & 7) != 0;
            }
        }

        return RunLengthMask.FromMask(bits);
    }

    private PolygonShape Polygons(PixelRect area, bool hole)
    {
        var split = area.Width * 2 / 3.0;
        var first = new PolygonPart(Ring(area.X + 0.5, area.Y + 0.5, split - 1, area.Height - 1));
        first = hole ? first with { Holes = [Ring(area.X + 4, area.Y + 5, 5, 6)] } : first;
        return new PolygonShape(Has(DatasetFeatures.Parts) && Flip() ? [first, new PolygonPart(Ring(area.X + split, area.Y + 1, area.Width - split - 1, area.Height - 2))] : [first]);
    }

    private PixelPoint[] Ring(double x, double y, double width, double height)
    {
        var bend = _random.NextDouble();
        return [new(x, y + bend), new(x + (width / 2), y), new(x + width, y + bend), new(x + width, y + height), new(x + bend, y + height)];
    }
}
