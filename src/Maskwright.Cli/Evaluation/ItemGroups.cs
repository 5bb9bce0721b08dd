namespace Maskwright.Cli.Evaluation;

/// <summary>Attributes of items, given by the user: scores are told for every value of every attribute.</summary>
/// <remarks>A tab-separated table: the first column names an item (file name, with or without folder and extension, or id), the others are attributes.</remarks>
internal sealed class ItemGroups
{
    private const string NotListed = "(not listed)";

    private readonly string _path;
    private readonly string[] _attributes;
    private readonly Dictionary<string, string[]> _values;

    private ItemGroups(string path, string[] attributes, Dictionary<string, string[]> values) => (_path, _attributes, _values) = (path, attributes, values);

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidAnnotationException">A line has another number of cells than the headings, or an item stands there twice.</exception>
    public static ItemGroups Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var headings = lines.Length > 0 ? lines[0].TrimStart('\uFEFF').Split('\t').Select(cell => cell.Trim()).ToArray() : [];
        if (headings.Length < 2)
        {
            throw new InvalidAnnotationException(path, 1, "a line of headings is needed: the item's column and at least one attribute, separated by tabs");
        }

        var values = new Dictionary<string, string[]>();
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split('\t').Select(cell => cell.Trim()).ToArray();
            if (lines[i].Trim().Length > 0 && (cells.Length != headings.Length || !values.TryAdd(cells[0], cells[1..])))
            {
                throw new InvalidAnnotationException(path, i + 1, cells.Length != headings.Length ? $"the line has {cells.Length} cells, the headings {headings.Length}" : $"'{cells[0]}' stands there twice");
            }
        }

        return new ItemGroups(path, headings[1..], values);
    }

    /// <summary>Adds a table for each attribute.</summary>
    /// <exception cref="InvalidAnnotationException">The table names none of the items.</exception>
    public EvaluationOutcome Apply(EvaluationOutcome outcome)
    {
        var rows = outcome.ItemNames.Select(Find).ToList();
        if (rows.TrueForAll(row => row is null))
        {
            throw new InvalidAnnotationException(_path, null, $"none of its {_values.Count} names is one of the {outcome.ItemCount} {outcome.ItemName}; the first of those is '{(outcome.ItemNames.Count > 0 ? outcome.ItemNames[0] : string.Empty)}'");
        }

        var overall = outcome.Layout.Tables[0];
        var groups = Enumerable.Range(0, _attributes.Length).Select(a => Members(rows, a)).ToList();
        var tables = groups.Select((group, a) => new ScoreTable(_attributes[a], overall.Measures, [.. group.Select(g => new ScoreRow(g.Value, g.Items.Length))]) { Unit = outcome.ItemName });
        var masks = groups.SelectMany(group => group.Select(g => g.Items)).ToList();
        var start = outcome.Layout.Cell(0, overall.Rows.Count - 1, 0);
        return outcome with
        {
            Layout = new ScoreLayout([.. outcome.Layout.Tables, .. tables]),
            Models = [.. outcome.Models.Select(model => model with
            {
                Scores = weights => [.. model.Scores(weights), .. masks.SelectMany(items => model.Scores(Only(weights, items)).Skip(start).Take(overall.Measures.Count))],
            })],
            Settings = [.. outcome.Settings, ("groups", _path)],
        };
    }

    private static int[] Only(int[] weights, int[] items)
    {
        var masked = new int[weights.Length];
        Array.ForEach(items, item => masked[item] = weights[item]);
        return masked;
    }

    private static List<(string Value, int[] Items)> Members(List<string[]?> rows, int attribute) =>
    [
        .. Enumerable.Range(0, rows.Count).GroupBy(i => rows[i]?[attribute] ?? NotListed).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.ToArray())),
    ];

    private string[]? Find(string item) => ((string[])[item, Path.GetFileName(item), Path.ChangeExtension(item, null), Path.GetFileNameWithoutExtension(item)])
        .Select(name => _values.GetValueOrDefault(name)).FirstOrDefault(row => row is not null);
}
