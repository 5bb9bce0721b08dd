using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.LabelStudio;

/// <summary>Reads Label Studio's JSON: a list of tasks, as it exports and imports them.</summary>
/// <remarks>
/// Results of the types brush, bitmask, polygon, rectangle and ellipse, with or without <c>labels</c>. Of each task the first annotation that was not cancelled
/// counts, else the first prediction; others are told as passed over. Scores are those of regions, else of their prediction. <c>meta</c> of a region, and choices,
/// texts and numbers of the same id become attributes; other entries of <c>data</c> become attributes of the image. One task is held in memory at a time.
/// </remarks>
public sealed class LabelStudioReader : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => "labelstudio";

    /// <inheritdoc/>
    public string Description => "Label Studio: a JSON file of tasks with annotations or predictions";

    /// <inheritdoc/>
    public bool Recognises(string path) => File.Exists(path) && FileBeginning.Read(path) is var start && start.TrimStart('\uFEFF', ' ', '\n', '\r', '\t').StartsWith('[')
        && start.Contains("\"data\"", StringComparison.Ordinal)
        && (start.Contains("\"annotations\"", StringComparison.Ordinal) || start.Contains("\"predictions\"", StringComparison.Ordinal) || start.Contains("\"completions\"", StringComparison.Ordinal));

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var labels in SoundItems.Read(Tasks(path), task => Labels(task, path, options), options, cancellationToken))
        {
            count++;
            names.AddRange(labels.Where(seen.Add));
        }

        List<DatasetCategory> categories = [.. names.Select((name, index) => new DatasetCategory(index + 1, name))];
        var byName = categories.ToDictionary(category => category.Name, StringComparer.Ordinal);
        var images = SoundItems.Read(Tasks(path), task => Read(task, path, byName, options), options, cancellationToken);
        return new AnnotatedDataset(categories, images) { ImageCount = count, ImageFolder = options.ImageFolder };
    }

    private static IEnumerable<JsonFile> Tasks(string path)
    {
        using var json = new JsonItemReader(path);
        if (json.Next(out _) != JsonTokenType.StartArray)
        {
            throw json.Fault("the file does not hold a list of tasks");
        }

        while (json.NextItem() is { } task)
        {
            using var entry = JsonFile.Entry(path, task, json.ItemLine, json.ItemColumn);
            yield return entry;
        }

        json.ExpectEnd();
    }

    private static List<string> Labels(JsonFile task, string path, DatasetReadOptions options)
    {
        var reading = new LabelStudioTask(task.Root, path, options);
        var isBare = reading.Results(out _).Exists(result => result.Has("type") && LabelStudioRegion.IsShape(result) && LabelStudioRegion.Labels(result).Count == 0);
        return [.. reading.Labels().Concat(isBare ? [DatasetCategory.Unlabelled.Name] : [])];
    }

    private static AnnotatedImage Read(JsonFile task, string path, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options) =>
        new LabelStudioTask(task.Root, path, options).Read(categories);
}
