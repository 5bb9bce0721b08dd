using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Masks;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Validation;

namespace Maskwright.Cli.Training;

/// <summary>Finds the examples in a data folder: by the recipe's table, or as a dataset of any format that the house reads.</summary>
/// <param name="Examples">In the data's order.</param>
/// <param name="ClassNames">What the data calls its classes, without background; empty where it does not say.</param>
/// <param name="Validation">What a network is judged on while it learns; empty for nothing.</param>
internal sealed record TrainingData(IReadOnlyList<TrainingExample> Examples, IReadOnlyList<string> ClassNames, IReadOnlyList<TrainingExample> Validation)
{
    private const string DefaultTable = "train.tsv";
    private const string TableEnding = ".tsv";

    public static TrainingData Open(string folder, TrainingRecipe recipe, IImageCodec codec)
    {
        var data = OpenTraining(folder, recipe, codec);
        if (recipe.Validation.Data is not { } other)
        {
            var split = ValidationSplit.Of(data.Examples, recipe.Validation.Fraction, recipe.Seed);
            return data with { Examples = split.Training, Validation = split.Held };
        }

        var path = Path.Combine(folder, other);
        var isTable = path.EndsWith(TableEnding, StringComparison.OrdinalIgnoreCase);
        return data with { Validation = isTable ? MaskTable.Read(path, codec, recipe.RulesOf) : OpenDataset(path, recipe, codec).Examples };
    }

    private static TrainingData OpenTraining(string folder, TrainingRecipe recipe, IImageCodec codec)
    {
        var table = recipe.Table is { } named ? Path.Combine(folder, named) : Path.Combine(folder, DefaultTable);
        return recipe.Table is not null || File.Exists(table)
            ? new TrainingData(MaskTable.Read(table, codec, recipe.RulesOf), [], [])
            : OpenDataset(folder, recipe, codec);
    }

    private static TrainingData OpenDataset(string folder, TrainingRecipe recipe, IImageCodec codec)
    {
        var path = Directory.Exists(folder) || File.Exists(folder) ? folder : throw new DirectoryNotFoundException($"{folder}: there is no such folder or file");
        var reader = DatasetFormats.Detect(path);
        if (reader is null && PhotoFolder.Open(path, recipe, codec) is { } photosAlone)
        {
            return photosAlone;
        }

        reader = reader ?? throw new ToolException(
            ExitCode.Usage,
            $"{folder}: holds no photos with masks that can be read; give a dataset ({string.Join(", ", DatasetFormats.Readers.Select(r => r.FormatName))}) or a table {DefaultTable}");
        var set = recipe.SetOf(reader.FormatName) ?? recipe.SetOf("other") ?? new SetRecipe();
        var dataset = reader.Open(path);
        var photos = dataset.ImageFolder ?? (Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty);
        IReadOnlyList<string> classes = recipe.ClassNames.Count > 0 ? recipe.ClassNames : [.. dataset.Categories.Select(category => category.Name)];
        return new TrainingData(
            [.. dataset.Images.Where(image => image.Objects.Count > 0 || set.IsExhaustive)
                .Select(image => new TrainingExample(reader.FormatName, image.FileName, () => Load(image, photos, classes, set, codec)) { Identity = IdentityOf(image, photos) })],
            classes,
            []);
    }

    private static string IdentityOf(AnnotatedImage image, string photos)
    {
        var file = new FileInfo(Path.Combine(photos, image.FileName));
        var objects = string.Join(' ', image.Objects.Select(o => $"{o.Category.Name} {o.Id} {o.Area} {o.Box}"));
        return $"{image.Size} {(file.Exists ? file.Length : -1)} {objects}";
    }

    private static LabelledPhoto Load(AnnotatedImage image, string photos, IReadOnlyList<string> named, SetRecipe set, IImageCodec codec)
    {
        var path = Path.Combine(photos, image.FileName);
        var photo = codec.ReadImage(path);
        if (photo.Size != image.Size)
        {
            throw new InvalidImageException(path, $"is {photo.Size}, but its masks are {image.Size}");
        }

        List<(RunLengthMask Mask, int Class)> Masks(Func<AnnotatedObject, bool> isWanted) =>
            [.. image.Objects.Where(isWanted).Select(o => (o.Shape.ToMask(photo.Size), ClassOf(o, named)))];
        var known = Masks(o => !o.IsCrowd && !o.IsIgnored).Where(o => o.Mask.Area >= set.MinAreaPixels).ToList();
        var unknown = Masks(o => o.IsCrowd || o.IsIgnored);
        var union = unknown.Count == 0 ? null : RunLengthMask.Union([.. unknown.Select(o => o.Mask)]).ToBinaryMask();
        return new LabelledPhoto(
            photo, [ObjectLayers.FromMasks(photo.Size, [.. known.Select(o => o.Mask.ToBinaryMask())], union, set.IsExhaustive, [.. known.Select(o => o.Class)])]);
    }

    // A single name stands for everything; else an object of a class that is not named gets a number that no network has, and is refused where classes matter.
    private static int ClassOf(AnnotatedObject annotated, IReadOnlyList<string> named)
    {
        var place = named.Index().Where(name => name.Item == annotated.Category.Name).Select(name => name.Index).DefaultIfEmpty(named.Count).First();
        return named.Count == 1 ? 1 : place + 1;
    }
}
