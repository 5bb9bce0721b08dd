using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Bench.Evaluation;

/// <summary>One row of a pool file: an image and the label files that say where its objects are.</summary>
internal sealed record LabelledImage(string Set, string Kind, string Image, IReadOnlyList<string> Labels)
{
    private const int MinArea = 64, MinNucleusArea = 8, VoidLabel = 255;

    /// <summary>Reads the rows of a pool file; paths become absolute.</summary>
    public static IReadOnlyList<LabelledImage> ReadPool(string masksFolder, string pool) =>
        [.. File.ReadLines(Path.Combine(masksFolder, pool + ".tsv")).Skip(1).Select(line => line.Split('\t')).Select(cells => new LabelledImage(
            cells[0], cells[1], Path.Combine(masksFolder, cells[2]), [.. cells[3].Split(';').Select(label => Path.Combine(masksFolder, label))]))];

    /// <summary>Reads the image.</summary>
    public RgbImage ReadImage() => ImageReader.Read(Image);

    /// <summary>Reads the objects, by the rules of the data's README.</summary>
    public IReadOnlyList<BinaryMask> ReadObjects() => [.. Labels.SelectMany(ReadObjects)];

    /// <summary>The objects of each label file by themselves.</summary>
    public IReadOnlyList<IReadOnlyList<BinaryMask>> ReadObjectsByFile() => [.. Labels.Select(file => ReadObjects(file).ToList())];

    private IEnumerable<BinaryMask> ReadObjects(string file)
    {
        var map = BenchImages.ReadLabels(file);
        var minArea = Set.StartsWith("nuclei", StringComparison.Ordinal) ? MinNucleusArea : MinArea;
        IEnumerable<BinaryMask> objects = Kind switch
        {
            "classes" => Values(map).SelectMany(v => ConnectedObjects(map, label => label == v)),
            "nested" => ConnectedObjects(map, label => label > 0).Concat(ConnectedObjects(map, label => label == 2)),
            "regions" => map.Labels.ToArray().Distinct().Order().Select(v => MaskOf(map, label => label == v)),
            _ => Values(map).Select(v => MaskOf(map, label => label == v)),
        };
        return objects.Where(mask => mask.Area() >= minArea);
    }

    private IEnumerable<int> Values(LabelMap map)
    {
        var voidLabel = Set == "street" ? 11 : VoidLabel;
        var background = Set == "street" ? -1 : 0;
        return map.Labels.ToArray().Distinct().Where(v => v != background && v != voidLabel).Order();
    }

    private static BinaryMask MaskOf(LabelMap map, Func<int, bool> isInside)
    {
        var mask = new BinaryMask(map.Size);
        for (var i = 0; i < map.Labels.Length; i++)
        {
            if (isInside(map.Labels[i]))
            {
                mask[i % map.Size.Width, i / map.Size.Width] = true;
            }
        }

        return mask;
    }

    /// <summary>The connected components (8-neighbourhood) of the pixels that pass.</summary>
    private static IEnumerable<BinaryMask> ConnectedObjects(LabelMap map, Func<int, bool> isInside)
    {
        var (width, height) = (map.Size.Width, map.Size.Height);
        var open = map.Labels.ToArray().Select(isInside).ToArray();
        for (var start = 0; start < open.Length; start++)
        {
            if (open[start])
            {
                yield return Take(open, start, width, height);
            }
        }
    }

    private static BinaryMask Take(bool[] open, int start, int width, int height)
    {
        var mask = new BinaryMask(new ImageSize(width, height));
        var stack = new Stack<int>([start]);
        open[start] = false;
        while (stack.TryPop(out var pixel))
        {
            int x = pixel % width, y = pixel / width;
            mask[x, y] = true;
            for (var v = Math.Max(0, y - 1); v <= Math.Min(height - 1, y + 1); v++)
            {
                for (var u = Math.Max(0, x - 1); u <= Math.Min(width - 1, x + 1); u++)
                {
                    if (open[(v * width) + u])
                    {
                        open[(v * width) + u] = false;
                        stack.Push((v * width) + u);
                    }
                }
            }
        }

        return mask;
    }
}
