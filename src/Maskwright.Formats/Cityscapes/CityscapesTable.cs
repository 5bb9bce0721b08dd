using System.Globalization;
using System.Text;
using Maskwright.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Images;

namespace Maskwright.Formats.Cityscapes;

/// <summary>The classes of Cityscapes, or those of <c>labels.csv</c> for data sets of other classes in the same layout.</summary>
/// <remarks>cityscapesScripts, helpers/labels.py. The columns of <c>labels.csv</c> are those of that table, the colour as three columns.</remarks>
internal static class CityscapesTable
{
    public const string FileName = "labels.csv";
    public const int MostId = 65; // an object's label, 1000 times the class and more, must fit into 16 bits
    public const int Instances = 1000;

    private const string Header = "name,id,trainId,category,catId,hasInstances,ignoreInEval,red,green,blue";

    /// <summary>Cityscapes' own classes.</summary>
    public static IReadOnlyList<CityscapesClass> Standard { get; } =
    [
        new("unlabeled", 0, 255, "void", 0, false, true, new(0, 0, 0)),
        new("ego vehicle", 1, 255, "void", 0, false, true, new(0, 0, 0)),
        new("rectification border", 2, 255, "void", 0, false, true, new(0, 0, 0)),
        new("out of roi", 3, 255, "void", 0, false, true, new(0, 0, 0)),
        new("static", 4, 255, "void", 0, false, true, new(0, 0, 0)),
        new("dynamic", 5, 255, "void", 0, false, true, new(111, 74, 0)),
        new("ground", 6, 255, "void", 0, false, true, new(81, 0, 81)),
        new("road", 7, 0, "flat", 1, false, false, new(128, 64, 128)),
        new("sidewalk", 8, 1, "flat", 1, false, false, new(244, 35, 232)),
        new("parking", 9, 255, "flat", 1, false, true, new(250, 170, 160)),
        new("rail track", 10, 255, "flat", 1, false, true, new(230, 150, 140)),
        new("building", 11, 2, "construction", 2, false, false, new(70, 70, 70)),
        new("wall", 12, 3, "construction", 2, false, false, new(102, 102, 156)),
        new("fence", 13, 4, "construction", 2, false, false, new(190, 153, 153)),
        new("guard rail", 14, 255, "construction", 2, false, true, new(180, 165, 180)),
        new("bridge", 15, 255, "construction", 2, false, true, new(150, 100, 100)),
        new("tunnel", 16, 255, "construction", 2, false, true, new(150, 120, 90)),
        new("pole", 17, 5, "object", 3, false, false, new(153, 153, 153)),
        new("polegroup", 18, 255, "object", 3, false, true, new(153, 153, 153)),
        new("traffic light", 19, 6, "object", 3, false, false, new(250, 170, 30)),
        new("traffic sign", 20, 7, "object", 3, false, false, new(220, 220, 0)),
        new("vegetation", 21, 8, "nature", 4, false, false, new(107, 142, 35)),
        new("terrain", 22, 9, "nature", 4, false, false, new(152, 251, 152)),
        new("sky", 23, 10, "sky", 5, false, false, new(70, 130, 180)),
        new("person", 24, 11, "human", 6, true, false, new(220, 20, 60)),
        new("rider", 25, 12, "human", 6, true, false, new(255, 0, 0)),
        new("car", 26, 13, "vehicle", 7, true, false, new(0, 0, 142)),
        new("truck", 27, 14, "vehicle", 7, true, false, new(0, 0, 70)),
        new("bus", 28, 15, "vehicle", 7, true, false, new(0, 60, 100)),
        new("caravan", 29, 255, "vehicle", 7, true, true, new(0, 0, 90)),
        new("trailer", 30, 255, "vehicle", 7, true, true, new(0, 0, 110)),
        new("train", 31, 16, "vehicle", 7, true, false, new(0, 80, 100)),
        new("motorcycle", 32, 17, "vehicle", 7, true, false, new(0, 0, 230)),
        new("bicycle", 33, 18, "vehicle", 7, true, false, new(119, 11, 32)),
        new("license plate", -1, -1, "vehicle", 7, false, true, new(0, 0, 142)),
    ];

    /// <summary>The classes of a data set.</summary>
    public static IReadOnlyList<CityscapesClass> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? [.. TextLines.Read(path).Select((line, index) => (line, index)).Skip(1).Where(row => row.line.Length > 0).Select(row => Row(path, row.index + 1, row.line))] : Standard;
    }

    /// <summary>Writes the classes.</summary>
    public static void Write(string folder, IEnumerable<CityscapesClass> classes)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var row in classes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Quoted(row.Name)},{row.Id},{row.TrainId},{Quoted(row.Group)},{row.GroupId},{row.HasInstances},{row.IsIgnored},");
            text.Append(CultureInfo.InvariantCulture, $"{row.Colour.Red},{row.Colour.Green},{row.Colour.Blue}\n");
        }

        File.WriteAllText(Path.Combine(folder, FileName), text.ToString(), new UTF8Encoding(false));
    }

    /// <summary>Classes for categories: those of the table by their names, others under free ids.</summary>
    /// <exception cref="ArgumentException">There are more categories than the labels have room for, or a name has a line break.</exception>
    public static Dictionary<long, CityscapesClass> Assign(IReadOnlyList<DatasetCategory> categories)
    {
        var standard = Standard.Where(row => row.Id > 0).ToDictionary(row => row.Name, StringComparer.Ordinal);
        var own = categories.Where(category => !standard.ContainsKey(category.Name)).ToList();
        var taken = own.Count == 0 ? [] : categories.Where(category => standard.ContainsKey(category.Name)).Select(category => standard[category.Name].Id).ToHashSet();
        var free = new Queue<int>(Enumerable.Range(1, MostId).Where(id => !taken.Contains(id)).OrderBy(id => id is > 0 and < 34)); // leaves Cityscapes' ids alone while it can
        var assigned = new Dictionary<long, CityscapesClass>();
        foreach (var category in categories)
        {
            var known = standard.GetValueOrDefault(category.Name);
            if (category.Name.AsSpan().IndexOfAny('\r', '\n') >= 0 || (known is null && free.Count == 0))
            {
                throw new ArgumentException($"Cityscapes' labels have room for {MostId} categories with plain names; '{category.Name}' has none.");
            }

            known ??= new CityscapesClass(category.Name, free.Dequeue(), 255, "other", 8, true, false, new RgbColour(128, 128, 128));
            assigned[category.Id] = known with { HasInstances = known.HasInstances || category.IsThing, Group = category.Supercategory ?? known.Group, Colour = category.Colour ?? known.Colour };
        }

        return assigned;
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(',', '"') >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static CityscapesClass Row(string path, int line, string text)
    {
        var cells = Cells(text);
        if (cells.Count != 10 || !int.TryParse(cells[1], out var id) || id > MostId || !int.TryParse(cells[2], out var train) || !int.TryParse(cells[4], out var group)
            || !bool.TryParse(cells[5], out var hasInstances) || !bool.TryParse(cells[6], out var isIgnored)
            || !byte.TryParse(cells[7], out var red) || !byte.TryParse(cells[8], out var green) || !byte.TryParse(cells[9], out var blue))
        {
            throw new InvalidAnnotationException(path, line, $"is not a class: {Header} with an id of at most {MostId} was expected");
        }

        return new CityscapesClass(cells[0], id, train, cells[3], group, hasInstances, isIgnored, new RgbColour(red, green, blue));
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
