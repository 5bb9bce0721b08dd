using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Reports.Html;
using Maskwright.Formats;
using Maskwright.Formats.Overlays;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;

namespace Maskwright.Cli.Training.Reports;

/// <summary>The page of a run: what was reached, curves, examples, recipe and data, made from the files in the run's folder.</summary>
internal sealed class RunPage
{
    private const string Style = """
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0 0}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 16px}
        .tile b{display:block;font-size:22px;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
        .tile span{color:var(--soft);font-size:13px}
        .bar{height:6px;border-radius:3px;background:var(--grid);margin:16px 0 0;overflow:hidden}.bar div{height:100%;background:var(--c0)}
        .classes{margin:8px 0 14px;font-size:13px}
        figure.plot .legend{margin:0 0 8px;font-size:13px}
        .example{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px 10px;margin:0 0 14px}
        .example img{display:block;width:100%;height:auto;border-radius:4px}
        .heads{display:grid;grid-template-columns:repeat(3,1fr);margin:0 14px 6px;color:var(--soft);font-size:13px}
        pre{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 18px;overflow-x:auto;font:13px/1.45 ui-monospace,"DejaVu Sans Mono",monospace}

        """;

    private readonly StringBuilder _page = new();
    private readonly TrainingFolder _folder;
    private readonly RunLog _log;
    private readonly RunLog _judgements;

    private RunPage(TrainingFolder folder) => (_folder, _log, _judgements) = (folder, RunLog.Read(folder.Log), RunLog.Read(folder.Judgements));

    private JsonObject? Latest => _judgements.Entries.Count > 0 ? _judgements.Entries[^1] : null;

    private JsonObject? Best => _judgements.Entries.LastOrDefault(entry => entry["is_best"]?.GetValue<bool>() == true);

    /// <summary>Writes the page of a run beside its other files, over the last one.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="target">The file.</param>
    /// <param name="now">The time that it bears.</param>
    /// <exception cref="ToolException">The folder holds no run.</exception>
    public static void Write(TrainingFolder folder, string target, DateTimeOffset now)
    {
        if (!File.Exists(folder.Recipe))
        {
            throw new ToolException(ExitCode.Usage, $"{folder.Path}: is no folder of a training run: it has no recipe.yaml");
        }

        var text = new RunPage(folder).Write(now);
        AtomicFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private string Write(DateTimeOffset now)
    {
        var recipe = RecipeFile.Read(_folder.Recipe);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_folder.Path)));
        HtmlPage.Open(_page, $"{recipe.Network}: {name}", Style);
        _page.Append(CultureInfo.InvariantCulture, $"<header><p class=\"eyebrow\">Maskwright training &middot; {HtmlText.Of(name)}</p><h1>{HtmlText.Of(recipe.Network)}</h1><p class=\"sub\">{now.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>");
        Tiles(recipe);
        _page.Append("</header>\n");
        Measures();
        Plots();
        Examples();
        _page.Append(CultureInfo.InvariantCulture, $"<section><h2>Recipe</h2><details><summary>All values</summary><pre>{HtmlText.Of(File.ReadAllText(_folder.Recipe))}</pre></details></section>\n");
        HtmlPage.Facts(_page, "Run and data", Facts());
        return HtmlPage.Close(_page);
    }

    private void Tiles(TrainingRecipe recipe)
    {
        var last = _log.Entries.Count > 0 ? _log.Entries[^1] : null;
        var step = last is null ? 0 : RunLog.Step(last);
        var tiles = new List<(string Value, string Name)> { (Whole(step), $"of {Whole(recipe.Steps)} steps") };
        if (Best is { } best && best["best_by"]?.GetValue<string>() is { } measure)
        {
            tiles.Add((Share(RunLog.Number(best, "best")), $"best {MeasureText.Spoken(measure)}, step {Whole(RunLog.Step(best))}"));
        }

        if (last is not null)
        {
            tiles.Add((Share(RunLog.Number(last, "loss")), "loss of the latest steps"));
            tiles.Add((Time(_log.Seconds), "spent"));
            tiles.Add((string.Create(CultureInfo.InvariantCulture, $"{RunLog.Number(last, "crops_per_second"):0.0}"), "crops a second"));
        }

        _page.Append("<div class=\"tiles\">").Append(string.Concat(tiles.Select(tile => $"<div class=\"tile\"><b>{tile.Value}</b><span>{HtmlText.Of(tile.Name)}</span></div>")));
        _page.Append(CultureInfo.InvariantCulture, $"</div><div class=\"bar\"><div style=\"width:{100.0 * step / recipe.Steps:0.#}%\"></div></div>");
    }

    private void Measures()
    {
        if (Latest is null)
        {
            return;
        }

        var images = RunLog.Number(Latest, "images");
        _page.Append(CultureInfo.InvariantCulture, $"<section><h2>What was reached</h2><div class=\"scroll\"><table><thead><tr><th class=\"t\">measure</th><th>best</th><th>at step</th><th>latest</th><th class=\"t\">meaning, on {images:0} images</th></tr></thead><tbody>\n");
        foreach (var name in RunLog.Numbers(Latest, "measures").Keys)
        {
            var values = _judgements.Entries.Select(entry => (Step: RunLog.Step(entry), Value: RunLog.Numbers(entry, "measures").GetValueOrDefault(name, double.NaN))).Where(pair => !double.IsNaN(pair.Value)).ToList();
            if (values.Count > 0)
            {
                var (step, value) = MeasureText.IsLoss(name) ? values.MinBy(pair => pair.Value) : values.MaxBy(pair => pair.Value);
                _page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"t\">{HtmlText.Of(MeasureText.Spoken(name))}</td><td class=\"sure\">{Share(value)}</td><td>{Whole(step)}</td><td>{Share(values[^1].Value)}</td><td class=\"m\">{HtmlText.Of(MeasureText.MeaningOf(name))}</td></tr>\n");
            }
        }

        _page.Append("</tbody></table></div></section>\n");
    }

    private void Plots()
    {
        var plots = new RunPlots(_log, _judgements).All().ToList();
        if (plots.Count == 0)
        {
            return;
        }

        _page.Append("<section><h2>Curves</h2><div class=\"plots\">\n");
        foreach (var (plot, names) in plots)
        {
            var legend = names.Count < 2 ? string.Empty
                : $"<ul class=\"legend\">{string.Concat(names.Select((name, i) => $"<li><span class=\"swatch {HtmlStyle.Fill(i)}\"></span>{HtmlText.Of(name)}</li>"))}</ul>";
            _page.Append(CultureInfo.InvariantCulture, $"<figure class=\"plot\"><h3>{HtmlText.Of(plot.Title)}</h3>{legend}\n{SvgPlot.Draw(plot, names)}<figcaption>{HtmlText.Of(plot.Caption)}</figcaption></figure>\n");
        }

        _page.Append("</div></section>\n");
    }

    private void Examples()
    {
        if (RunPictures.Read(_folder.Examples) is not { } pictures)
        {
            return;
        }

        var grey = pictures.Classes.Count > 0 ? " Grey is not known and does not count." : string.Empty;
        var colours = pictures.Classes.Index().Where(c => c.Item.Length > 0).Select(c => $"<li><span class=\"swatch\" style=\"background:{LabelTint.HexOf(c.Index)}\"></span>{HtmlText.Of(c.Item)}</li>");
        _page.Append(CultureInfo.InvariantCulture, $"<section><h2>Examples</h2><p class=\"key\">The first images that the run is judged on, by the weights of step {Whole(pictures.Step)}; a class, or an object, has the same colour on both sides.{grey}</p>\n<ul class=\"legend classes\">{string.Concat(colours)}</ul><div class=\"heads\"><span>image</span><span>truth</span><span>answer</span></div>\n");
        foreach (var (i, name) in pictures.Names.Index().Where(example => File.Exists(RunPictures.Place(_folder.Examples, example.Index))))
        {
            _page.Append(CultureInfo.InvariantCulture, $"<figure class=\"example\"><img alt=\"{HtmlText.Of(name)}\" src=\"{HtmlPage.Source(File.ReadAllBytes(RunPictures.Place(_folder.Examples, i)))}\"><figcaption>{HtmlText.Of(name)}</figcaption></figure>\n");
        }

        _page.Append("</section>\n");
    }

    private IEnumerable<(string Name, string Value)> Facts()
    {
        var written = File.Exists(_folder.Checkpoint) ? Checkpoint.DescriptionOf(_folder.Checkpoint) : new Dictionary<string, string>();
        (string Name, string? Value)[] facts =
        [
            ("photos learned from", written.GetValueOrDefault("data_photos")),
            ("fingerprint of the data", written.GetValueOrDefault("data")),
            ("code", written.GetValueOrDefault("code")),
            ("checkpoint of step", written.GetValueOrDefault("step")),
            ("time spent", _log.Entries.Count > 0 ? Time(_log.Seconds) : null),
            ("first and last line of the log", _log.Entries.Count > 0 ? $"{_log.Entries[0]["time"]} to {_log.Entries[^1]["time"]}" : null),
        ];
        return facts.Where(fact => fact.Value is not null).Select(fact => (fact.Name, fact.Value!)); // the others were left out
    }

    private static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Share(double value) => double.IsNaN(value) ? "-" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Time(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes:00} min" : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds:00} s" : $"{time.Seconds} s";
    }
}
