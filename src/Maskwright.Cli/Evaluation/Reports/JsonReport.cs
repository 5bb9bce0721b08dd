using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>Writes all scores with all their digits, for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report as text.</summary>
    public static string Write(ScoreSheet sheet, IReadOnlyList<(string Name, string Value)> versions) => new JsonObject
    {
        ["protocol"] = sheet.Outcome.Protocol,
        ["title"] = sheet.Outcome.Title,
        ["versions"] = Texts(versions),
        ["settings"] = Texts(sheet.Outcome.Settings),
        ["notes"] = new JsonArray([.. sheet.Outcome.Notes.Select(note => JsonValue.Create(note))]),
        ["resampled"] = sheet.Outcome.ItemName,
        ["items_count"] = sheet.Outcome.ItemCount,
        ["measures"] = Measures(sheet),
        ["models"] = new JsonArray([.. Enumerable.Range(0, sheet.Models.Count).Select(model => Model(sheet, model))]),
        ["comparisons"] = new JsonArray([.. Comparisons(sheet)]),
        ["items"] = sheet.Outcome.Items?.DeepClone(),
    }.ToJsonString(s_format);

    /// <summary>A number that JSON can hold: null for NaN, a text for infinity.</summary>
    public static JsonNode? Number(double value) => double.IsNaN(value) ? null : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity") : JsonValue.Create(value);

    private static JsonObject Texts(IEnumerable<(string Name, string Value)> pairs)
    {
        var texts = new JsonObject();
        foreach (var (name, value) in pairs)
        {
            texts[name] = value;
        }

        return texts;
    }

    private static JsonObject Measures(ScoreSheet sheet)
    {
        var measures = new JsonObject();
        foreach (var measure in sheet.Layout.Tables.SelectMany(table => table.Measures).DistinctBy(m => m.Name))
        {
            measures[measure.Name] = new JsonObject { ["meaning"] = measure.Meaning, ["more_is_better"] = measure.MoreIsBetter };
        }

        return measures;
    }

    private static JsonObject Model(ScoreSheet sheet, int model)
    {
        var tables = new JsonObject();
        for (var t = 0; t < sheet.Layout.Tables.Count; t++)
        {
            var table = sheet.Layout.Tables[t];
            tables[table.Name] = new JsonArray([.. Enumerable.Range(0, table.Rows.Count).Select(r => Row(sheet, model, t, r))]);
        }

        return new JsonObject { ["name"] = sheet.Models[model].Name, ["scores"] = tables };
    }

    private static JsonObject Row(ScoreSheet sheet, int model, int t, int r)
    {
        var table = sheet.Layout.Tables[t];
        var row = new JsonObject { ["group"] = table.Rows[r].Name };
        if (table.Rows[r].Count is { } count)
        {
            row["count"] = count;
        }

        for (var m = 0; m < table.Measures.Count; m++)
        {
            row[table.Measures[m].Name] = Interval(sheet.Cell(model, t, r, m));
        }

        return row;
    }

    private static JsonObject Interval(ConfidenceInterval cell)
    {
        var interval = new JsonObject { ["value"] = Number(cell.Value) };
        if (!double.IsNaN(cell.Low))
        {
            (interval["low"], interval["high"]) = (Number(cell.Low), Number(cell.High));
        }

        return interval;
    }

    private static IEnumerable<JsonObject> Comparisons(ScoreSheet sheet)
    {
        if (!sheet.HasIntervals)
        {
            yield break;
        }

        for (var model = 1; model < sheet.Models.Count; model++)
        {
            for (var t = 0; t < sheet.Layout.Tables.Count; t++)
            {
                var table = sheet.Layout.Tables[t];
                for (var r = 0; r < table.Rows.Count; r++)
                {
                    for (var m = 0; m < table.Measures.Count; m++)
                    {
                        var c = sheet.Compare(model, t, r, m);
                        var difference = Interval(c.Difference);
                        yield return new JsonObject
                        {
                            ["table"] = table.Name, ["group"] = table.Rows[r].Name, ["measure"] = table.Measures[m].Name, ["first"] = sheet.Models[0].Name,
                            ["second"] = sheet.Models[model].Name, ["difference"] = difference, ["p"] = c.PValue, ["share_of_draws_second_higher"] = c.SecondHigher,
                        };
                    }
                }
            }
        }
    }
}
