using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Cli.Tests.Training;

/// <summary>A folder of small photos of bright squares with their labels, and a recipe that learns from it within seconds.</summary>
internal static class PaintedData
{
    private const int Side = 64;

    public const string Recipe = """
        network: unet
        classNames: [square]
        seed: 1
        steps: 4
        batchSize: 2
        crops: [{ from: 0, side: 64 }]
        logEvery: 1
        checkpointEvery: 2
        semantic: { sizes: { width: 4, depth: 2 } }
        optimiser: { learningRate: 0.01, warmUpSteps: 2, averageDecay: 0.5 }
        augmentation: { nominalSide: 64, jpeg: 0 }
        """;

    /// <summary>Lines of a recipe that makes one step from the built-in Seedling; the network's name is to be added.</summary>
    public const string SeedlingStep = """
        seed: 1
        startFrom: seedling
        steps: 1
        batchSize: 1
        crops: [{ from: 0, side: 64 }]
        logEvery: 1
        augmentation: { nominalSide: 64, jpeg: 0 }
        """;

    /// <summary>Writes photos, labels, the table <c>data/train.tsv</c> and <c>recipe.yaml</c>.</summary>
    /// <param name="run">Whose folder.</param>
    /// <param name="photos">How many.</param>
    /// <param name="more">Lines added to the recipe.</param>
    public static void Write(ToolRun run, int photos, string more = "")
    {
        Directory.CreateDirectory(run.File("data"));
        for (var i = 0; i < photos; i++)
        {
            WritePhoto(run, i, 1);
        }

        WriteTable(run, "train.tsv", 0, photos);
        File.WriteAllText(run.File("recipe.yaml"), Recipe + "\n" + more);
    }

    /// <summary>Writes a table of some of the photos.</summary>
    public static void WriteTable(ToolRun run, string name, int first, int count) => File.WriteAllText(
        run.File("data", name),
        "set\tkind\timage\tlabels\n" + string.Concat(Enumerable.Range(first, count).Select(i => $"painted\tclasses\tphoto{i}.png\tlabels{i}.png\n")));

    /// <summary>Writes a photo of a square at a place of its own, and its labels.</summary>
    public static void WritePhoto(ToolRun run, int number, int label, int labelSide = Side)
    {
        var (pixels, labels) = (new byte[3 * Side * Side], new int[labelSide * labelSide]);
        for (var i = 0; i < Side * Side; i++)
        {
            var isInside = IsInside(number, i % Side, i / Side);
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = isInside ? ((byte)230, (byte)200, (byte)40) : ((byte)20, (byte)30, (byte)90);
        }

        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = IsInside(number, i % labelSide, i / labelSide) ? label : 0;
        }

        ImageWriter.WritePng(new RgbImage(Side, Side, pixels), run.File("data", $"photo{number}.png"));
        ImageWriter.WritePng(new LabelMap(new ImageSize(labelSide, labelSide), labels), run.File("data", $"labels{number}.png"));
    }

    private static bool IsInside(int number, int x, int y) => x >= 8 + (3 * number) && x < 36 + (3 * number) && y >= 12 + number && y < 40 + number;
}
