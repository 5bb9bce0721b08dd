using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>From the answers of all models to scores.</summary>
internal sealed class PromptOutcome
{
    private const string Overall = "overall", BySet = "set", BySize = "size", ByClass = "class", AllObjects = "all objects", MeanOfSets = "mean of sets";

    private static readonly string[] s_sizes = ["small", "medium", "large"];

    private readonly IReadOnlyList<PromptSample> _samples;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<TimedAnswer>> Answers)> _models;
    private readonly PromptMeasures _measures;
    private readonly PromptStudyOptions _study;

    /// <summary>Keeps the samples that every model has answered.</summary>
    public PromptOutcome(
        IReadOnlyList<PromptSample> samples, IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<TimedAnswer>?> Answers)> models, PromptStudyOptions study, bool hasEverything)
    {
        var complete = Enumerable.Range(0, samples.Count).Where(i => models.All(model => model.Answers[i] is not null)).ToList();
        _samples = [.. complete.Select(i => samples[i])];
        _models = [.. models.Select(model => (model.Name, (IReadOnlyList<IReadOnlyList<TimedAnswer>>)[.. complete.Select(i => model.Answers[i]!)]))]; // complete says so
        _measures = new PromptMeasures(study, hasEverything);
        _study = study;
    }

    /// <summary>The scores, before they are resampled.</summary>
    /// <exception cref="ToolException">No object is left.</exception>
    public EvaluationOutcome Outcome(IReadOnlyList<(string Name, string Value)> settings, IReadOnlyList<WorstCase> cases)
    {
        if (_samples.Count == 0)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, "there is no object to ask for");
        }

        var means = _models.Select(model => Means(model.Answers)).ToList();
        var layout = Layout(means[0]);
        var sets = _samples.Select(sample => sample.Image.Set).Distinct().ToList();
        return new EvaluationOutcome
        {
            Protocol = "prompts",
            Title = $"Prompts: {string.Join(", ", _models.Select(model => model.Name))} on {_models[0].Answers.Sum(a => a.Count)} objects of {_samples.Count} images",
            Layout = layout,
            Models = [.. _models.Select((model, i) => new EvaluatedModel(model.Name, weights => Scores(means[i], layout, weights)))],
            ItemName = "images",
            ItemCount = _samples.Count,
            ItemNames = [.. _samples.Select(sample => sample.Image.Path)],
            Strata = sets.Count > 1 ? [.. _samples.Select(sample => sets.IndexOf(sample.Image.Set))] : null,
            Settings = settings,
            Plots = new PromptPlots(_models, _study).Make,
            WorstCases = _ => cases,
            Items = Items(),
        };
    }

    private GroupedMeans Means(IReadOnlyList<IReadOnlyList<TimedAnswer>> answers)
    {
        var means = new GroupedMeans(_measures.All, _samples.Count);
        for (var i = 0; i < answers.Count; i++)
        {
            foreach (var answer in answers[i])
            {
                means.Add(i, [(Overall, AllObjects), (BySet, _samples[i].Image.Set)], _measures.Of(answer));
                (string, string)[] groups = [(BySize, GroupScore.SizeGroup(answer.AreaPixels)), .. answer.Class is { } name ? ((string, string)[])[(ByClass, name)] : []];
                means.Add(i, groups, _measures.Of(answer.WithoutTimes())); // an image's time is no object's
            }
        }

        return means;
    }

    private ScoreLayout Layout(GroupedMeans means)
    {
        var sets = means.Rows(BySet);
        var overall = means.Rows(Overall);
        List<ScoreTable> tables = [new(Overall, _measures.All, sets.Count > 1 ? [new ScoreRow(MeanOfSets, sets.Count), .. overall] : overall)];
        if (sets.Count > 1)
        {
            tables.Add(new ScoreTable(BySet, _measures.All, sets));
        }

        tables.Add(new ScoreTable(BySize, _measures.All, means.Rows(BySize, s_sizes)));
        var classes = means.Rows(ByClass);
        return new ScoreLayout(classes.Count > 1 ? [.. tables, new ScoreTable(ByClass, _measures.All, classes)] : tables);
    }

    // Sets have very different numbers of objects; the mean of their means says more than the mean of all.
    private static double[] Scores(GroupedMeans means, ScoreLayout layout, int[] weights)
    {
        var values = means.Means(layout, weights);
        var sets = layout.TableNamed(BySet);
        for (var m = 0; sets > 0 && m < layout.Tables[0].Measures.Count; m++)
        {
            values[layout.Cell(0, 0, m)] = Enumerable.Range(0, layout.Tables[sets].Rows.Count).Select(r => values[layout.Cell(sets, r, m)])
                .Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average();
        }

        return values;
    }

    private JsonArray Items() => new([.. _samples.SelectMany((sample, i) => sample.Objects.Select((position, j) => Item(sample, position, i, j)))]);

    private JsonObject Item(PromptSample sample, int position, int i, int j) => new()
    {
        ["set"] = sample.Image.Set,
        ["image"] = sample.Image.Path,
        ["object"] = position,
        ["area"] = _models[0].Answers[i][j].AreaPixels,
        ["class"] = _models[0].Answers[i][j].Class,
        ["models"] = new JsonArray([.. _models.Select(model => (JsonNode)Answer(model.Answers[i][j].Answer))]),
    };

    private static JsonObject Answer(PromptAnswer answer) => new()
    {
        ["click_ious"] = answer.Clicks is { } curve ? new JsonArray([.. curve.Ious.Select(iou => (JsonNode)iou)]) : null,
        ["best_of_3_iou"] = answer.BestOfSeveralIou,
        ["box_iou"] = answer.BoxIou,
        ["proposal_ious"] = new JsonArray([.. answer.ProposalIous.Select(iou => (JsonNode)iou)]),
    };
}
