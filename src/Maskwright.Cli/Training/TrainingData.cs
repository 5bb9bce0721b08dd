using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Masks;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;

namespace Maskwright.Cli.Training;

/// <summary>Finds the examples in a data folder: by the recipe's table, or as a dataset of any format that the house reads.</summary>
internal static class TrainingData
{
    private const string DefaultTable = "train.tsv";

    public static IReadOnlyList<TrainingExample> Open(string folder, TrainingRecipe recipe, IImageCodec codec)
    {
        var table = recipe.Table is { } named ? Path.Combine(folder, named) : Path.Combine(folder, DefaultTable);
        if (recipe.Table is not null || File.Exists(table))
        {
            return MaskTable.Read(table, codec, (set, kind) => (recipe.SetOf(set) ?? new SetRecipe()).RulesFor(kind));
        }

        var path = Directory.Exists(folder) || File.Exists(folder) ? folder : throw new DirectoryNotFoundException($"{folder}: there is no such folder or file");
        var reader = DatasetFormats.Detect(path) ?? throw new ToolException(
            ExitCode.Usage,
            $"{folder}: holds no photos with masks that can be read; give a dataset ({string.Join(", ", DatasetFormats.Readers.Select(r => r.FormatName))}) or a table {DefaultTable}");
        var set = recipe.SetOf(reader.FormatName) ?? recipe.SetOf("other") ?? new SetRecipe();
        var dataset = reader.Open(path);
        var photos = dataset.ImageFolder ?? (Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty);
        return [.. dataset.Images.Where(image => image.Objects.Count > 0)
            .Select(image => new TrainingExample(reader.FormatName, image.FileName, () => Load(image, photos, set, codec)))];
    }

    private static LabelledPhoto Load(AnnotatedImage image, string photos, SetRecipe set, IImageCodec codec)
    {
        var path = Path.Combine(photos, image.FileName);
        var photo = codec.ReadImage(path);
        if (photo.Size != image.Size)
        {
            throw new InvalidImageException(path, $"is {photo.Size}, but its masks are {image.Size}");
        }

        List<RunLengthMask> Masks(Func<AnnotatedObject, bool> isWanted) => [.. image.Objects.Where(isWanted).Select(o => o.Shape.ToMask(photo.Size))];
        var masks = Masks(o => !o.IsCrowd && !o.IsIgnored).Where(mask => mask.Area >= set.MinAreaPixels).Select(mask => mask.ToBinaryMask()).ToList();
        var unknown = Masks(o => o.IsCrowd || o.IsIgnored);
        var union = unknown.Count == 0 ? null : RunLengthMask.Union(unknown).ToBinaryMask();
        return new LabelledPhoto(photo, [ObjectLayers.FromMasks(photo.Size, masks, union, set.IsExhaustive)]);
    }
}
