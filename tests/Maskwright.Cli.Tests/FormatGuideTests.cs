using Maskwright.Formats.Datasets;
using Xunit;

namespace Maskwright.Cli.Tests;

/// <summary>The table of formats in the guide is what the writers declare.</summary>
[Trait("Kind", "snapshot")]
public class FormatGuideTests
{
    private const string Start = "<!-- formats -->\n";
    private const string End = "<!-- /formats -->";

    private static readonly string[] s_heading = ["format", "what it is", "polygons", "pixels", "holes", "parts", "overlap", "boxes", "crowd", "score", "ids", "attributes", "classes", "empty", "info"];

    [Fact]
    public void The_table_of_formats_is_what_the_writers_declare()
    {
        var path = RepositoryFiles.PathOf("docs", "guide", "formats.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (from, to) = (text.IndexOf(Start, StringComparison.Ordinal) + Start.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("MASKWRIGHT_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text[..from] + Table() + text[to..]);
            return;
        }

        Assert.Equal(Table(), text[from..to]);
    }

    private static string Table()
    {
        var rows = DatasetFormats.Writers.Select(Row).ToList();
        rows.AddRange(DatasetFormats.Readers
            .Where(reader => DatasetFormats.Writer(reader.FormatName) is null)
            .Select(reader => (string[])[$"`{reader.FormatName}`", $"{reader.Description} (only read)", .. s_heading[2..].Select(_ => string.Empty)]));
        return string.Concat(rows.Prepend([.. s_heading.Select(_ => "---")]).Prepend(s_heading).Select(row => $"| {string.Join(" | ", row)} |\n"));
    }

    private static string[] Row(IDatasetWriter writer)
    {
        bool Has(DatasetFeatures feature) => (writer.Features & feature) == feature;
        string Mark(DatasetFeatures feature) => Has(feature) ? "yes" : string.Empty;
        var name = $"`{writer.FormatName}`{(DatasetFormats.Reader(writer.FormatName) is null ? " (only written)" : string.Empty)}";
        return
        [
            name, writer.Description, Mark(DatasetFeatures.ExactVertices), Mark(DatasetFeatures.ExactPixels), Mark(DatasetFeatures.Holes), Mark(DatasetFeatures.Parts),
            Mark(DatasetFeatures.Overlap), Mark(DatasetFeatures.BoxShapes), Mark(DatasetFeatures.Crowds), Mark(DatasetFeatures.Scores), Mark(DatasetFeatures.ObjectIds),
            Has(DatasetFeatures.TypedAttributes) ? "yes" : Has(DatasetFeatures.Attributes) ? "text" : string.Empty,
            Has(DatasetFeatures.Categories) ? "yes" : Has(DatasetFeatures.CategoryIds) ? "ids" : string.Empty,
            Mark(DatasetFeatures.EmptyImages), Mark(DatasetFeatures.Info),
        ];
    }
}
