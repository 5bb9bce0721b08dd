using System.CommandLine;
using Maskwright.Cli.Datasets;
using Maskwright.Cli.Options;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Verbs.Convert;

/// <summary>The data set that the command line names: opened, joined, narrowed down and checked.</summary>
internal sealed class ConvertSource
{
    private readonly ParseResult _parsed;
    private readonly DatasetOptions _typed;
    private readonly DatasetReadOptions _options;

    /// <exception cref="ToolException">An input is missing or of no known format, or a category is not there.</exception>
    public ConvertSource(ParseResult parsed, DatasetOptions typed, SkippedList skipped, CancellationToken cancellationToken)
    {
        (_parsed, _typed) = (parsed, typed);
        _options = new DatasetReadOptions
        {
            ImageFolder = parsed.GetValue(typed.Images),
            MaskFolder = parsed.GetValue(typed.Masks),
            GroundTruthPath = parsed.GetValue(typed.GroundTruth),
            KeepsGoing = parsed.GetValue(typed.KeepGoing),
            Skipped = skipped.Add,
        };
        var opened = (parsed.GetValue(typed.Inputs) ?? []).Select(path => Open(path, cancellationToken)).ToList();
        Formats = [.. opened.Select(part => part.Format).Distinct()];
        Dataset = Narrowed([.. opened.Select(part => (part.Path, part.Dataset))]);
    }

    /// <summary>The formats of the inputs.</summary>
    public IReadOnlyList<string> Formats { get; }

    public AnnotatedDataset Dataset { get; }

    private (string Path, string Format, AnnotatedDataset Dataset) Open(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: there is no such file or folder");
        }

        var reader = DatasetOpening.ReaderFor(path, _parsed.GetValue(_typed.From));
        var dataset = reader.Open(path, _options, cancellationToken);
        return (path, reader.FormatName, _parsed.GetValue(_typed.CheckImages) ? PictureCheck.Of(dataset, Pictures(path, dataset), _options) : dataset);
    }

    private AnnotatedDataset Narrowed(List<(string Path, AnnotatedDataset Dataset)> parts)
    {
        var dataset = DatasetMerging.Merge(parts, _parsed.GetValue(_typed.Renumber), _options);
        if (_parsed.GetValue(_typed.Split) is { } split)
        {
            dataset = dataset.Select(image => image.Split == split ? image : null);
        }

        return OnlyOf(Names(_parsed.GetValue(_typed.Categories) ?? []), dataset);
    }

    private static AnnotatedDataset OnlyOf(HashSet<string> names, AnnotatedDataset dataset)
    {
        if (names.Count == 0)
        {
            return dataset;
        }

        var all = dataset.Categories.Select(category => category.Name).ToList();
        if (names.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
        {
            var near = Spelling.Near(unknown, all).Take(2).ToList();
            throw new ToolException(ExitCode.Usage, $"--categories: there is no category '{unknown}'{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : string.Empty)}");
        }

        var narrowed = dataset.Select(image => image with { Objects = [.. image.Objects.Where(item => names.Contains(item.Category.Name))] });
        return narrowed with { Categories = [.. dataset.Categories.Where(category => names.Contains(category.Name))], ImageCount = dataset.ImageCount };
    }

    private static HashSet<string> Names(string[] typed) =>
        [.. typed.SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static string Pictures(string path, AnnotatedDataset dataset) =>
        dataset.ImageFolder ?? (Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
}
