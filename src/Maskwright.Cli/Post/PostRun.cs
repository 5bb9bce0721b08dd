using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Geometry;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>Takes one input through the steps and writes the result.</summary>
internal sealed class PostRun(PostSettings settings)
{
    /// <summary>Works on one input.</summary>
    public PostOutcome Run(PostInput input, CancellationToken cancellationToken) => input.Reader is { } reader
        ? RunDataset(input, reader, cancellationToken)
        : Path.GetExtension(input.Path).Equals(".npy", StringComparison.OrdinalIgnoreCase) ? RunArray(input, cancellationToken) : RunImage(input, cancellationToken);

    private PostOutcome RunImage(PostInput input, CancellationToken cancellationToken)
    {
        var image = MaskImage.Read(input.Path, settings.ReadAs, cancellationToken);
        return RunMasks(input, image.FileName(input.Name), image.Size, image.Masks, image.NameOf, image.Write, cancellationToken);
    }

    private PostOutcome RunArray(PostInput input, CancellationToken cancellationToken)
    {
        var array = NpyMasks.Read(input.Path);
        return RunMasks(input, input.Name, array.Size, array.Masks, array.NameOf, array.Write, cancellationToken);
    }

    private PostOutcome RunMasks(
        PostInput input, string fileName, ImageSize size, IReadOnlyList<StepMask> masks, Func<int, string> nameOf, Action<IReadOnlyList<StepMask>, string> write, CancellationToken cancellationToken)
    {
        var path = settings.Place(settings.Writer is { } writer ? DatasetName(Path.GetFileNameWithoutExtension(fileName), writer) : fileName, input.Path);
        var chain = new ChainRun(settings.Steps);
        var after = chain.Apply(masks, () => settings.Photos.OpenFor(input.Path), source => $"{nameOf(source)} of {input.Path}", cancellationToken);
        LossReport? loss = null;
        if (settings.Writer is null)
        {
            write(after, path);
        }
        else
        {
            loss = settings.Writer.Write(AsDataset(Path.GetFileName(input.Path), size, after), path, Options(), cancellationToken);
        }

        return new PostOutcome(input.Path, path, 1, chain.Changes) { MasksAfter = after.Count, Loss = loss };
    }

    private PostOutcome RunDataset(PostInput input, IDatasetReader reader, CancellationToken cancellationToken)
    {
        var writer = settings.Writer ?? DatasetFormats.Writer(reader.FormatName)
            ?? throw new ToolException(ExitCode.Usage, $"{input.Path}: {reader.FormatName} is read but not written; choose another form with --format");
        var path = settings.Place(settings.Writer is null ? input.Name : DatasetName(Path.GetFileNameWithoutExtension(input.Name), writer), input.Path);
        var skipped = new List<SkippedItem>();
        var options = new DatasetReadOptions { ImageFolder = settings.Photos.Folder, KeepsGoing = settings.KeepsGoing, Skipped = skipped.Add };
        var dataset = reader.Open(input.Path, options, cancellationToken);
        var pass = new DatasetPass(dataset, settings, skipped.Add, cancellationToken);
        var loss = writer.Write(dataset with { Images = pass }, path, Options(), cancellationToken);
        return new PostOutcome(input.Path, path, pass.Images, pass.Chain.Changes) { MasksAfter = pass.MasksAfter, Loss = loss, Skipped = [.. skipped.Distinct()] };
    }

    private DatasetWriteOptions Options() => new() { Overwrite = settings.Overwrite, ImageFolder = settings.Photos.Folder };

    private static AnnotatedDataset AsDataset(string fileName, ImageSize size, IReadOnlyList<StepMask> masks) => new(
        [DatasetCategory.Unlabelled],
        [new AnnotatedImage(fileName, size, [.. masks.Select(mask => new AnnotatedObject(DatasetCategory.Unlabelled, new MaskShape(mask.Mask)))])])
    {
        ImageCount = 1,
    };

    private static string DatasetName(string stem, IDatasetWriter writer) => writer.WritesFolder ? stem : stem + writer.FormatName switch
    {
        "cvat" => ".xml",
        "npz" => ".npz",
        _ => ".json",
    };
}
