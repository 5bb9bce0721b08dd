using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Datasets;

/// <summary>Real annotations through every format: no mask comes back worse than the report says.</summary>
[Trait("Kind", "parity")]
public class RealDataRoundTripTests
{
    private const int Images = 25;

    public static TheoryData<string> Formats => [.. DatasetFormats.Writers.Select(writer => writer.FormatName).Where(name => DatasetFormats.Reader(name) is not null)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_mask_comes_back_worse_than_the_report_says(string format)
    {
        using var folder = new TemporaryFolder();
        var source = Source();
        SampleDatasets.WritePictures(source, folder.File("pictures"));
        var writer = DatasetFormats.Writer(format)!;
        var place = folder.File($"result{writer.Suffix}");

        var report = writer.Write(source, place, new DatasetWriteOptions { ImageFolder = folder.File("pictures") }, TestContext.Current.CancellationToken);

        var read = DatasetFormats.Reader(format)!.Open(place, new DatasetReadOptions { ImageFolder = folder.File("pictures") }, TestContext.Current.CancellationToken).Images.ToList();
        var ious = source.Images.SelectMany(image => BestIous(image, Counterpart(image, read))).Order().Skip((int)report[LossKind.ObjectsDropped]).ToList();
        Assert.NotEmpty(ious);
        Assert.True(ious[0] >= (report.WorstIou ?? 1) - 1e-9, $"The worst mask has the IoU {ious[0]}; the report says: {report.Summary}");
    }

    // Cityscapes has room for few categories, so every format gets those of animals and vehicles only.
    private static AnnotatedDataset Source()
    {
        var path = Goldens.Data("metrics", "coco", "faster_coco_eval", "dataset", "cocoapi", "instances_val2014_100.json");
        var all = new CocoInstancesReader().Open(path, null, TestContext.Current.CancellationToken);
        var images = all.Images.Take(Images)
            .Select(image => image with { Objects = [.. image.Objects.Where(item => item.Category.Supercategory is "animal" or "vehicle" or "person")] })
            .Where(image => image.Objects.Count > 0)
            .ToList();
        return all with { Categories = [.. all.Categories.Where(category => category.Supercategory is "animal" or "vehicle" or "person")], Images = images, ImageCount = images.Count };
    }

    private static AnnotatedImage Counterpart(AnnotatedImage image, List<AnnotatedImage> read) =>
        read.FirstOrDefault(other => other.FileName == image.FileName)
        ?? read.FirstOrDefault(other => other.FileName.Length > 0 && Path.GetFileNameWithoutExtension(other.FileName) == Path.GetFileNameWithoutExtension(image.FileName))
        ?? read.First(other => other.Id == image.Id);

    private static IEnumerable<double> BestIous(AnnotatedImage source, AnnotatedImage read)
    {
        RunLengthMask[] found = [.. read.Objects.Select(item => item.Shape.ToMask(read.Size))];
        return source.Objects.Select(item => item.Shape.ToMask(source.Size)).Select(mask => found.Length == 0 ? 0 : found.Max(other => mask.Area == 0 && other.Area == 0 ? 1 : mask.Iou(other)));
    }
}
