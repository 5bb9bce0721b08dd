using FsCheck;
using FsCheck.Fluent;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Geometry;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Datasets;

/// <summary>Round trips through every format of the registry, and between every two of them. A new format joins by standing in the registry.</summary>
[Trait("Kind", "property")]
public class FormatRoundTripTests
{
    private const DatasetFeatures Everything = (DatasetFeatures)~0L;

    private static readonly Config s_few = Config.QuickThrowOnFailure.WithMaxTest(4).WithReplay(20261123, 3);
    private static readonly Config s_several = s_few.WithMaxTest(12);

    public static TheoryData<string> Formats => [.. Both()];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var from in Both())
            {
                foreach (var to in Both().Where(to => to != from))
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_a_format_holds_comes_back_and_nothing_is_said_to_be_lost(string format) => ForSeeds(s_several, seed =>
    {
        using var folder = new TemporaryFolder();
        var held = Writer(format).Features;
        var source = Sample(held, seed, folder);

        var report = Write(format, source, folder);

        new DatasetComparison(held).Check(source, Read(format, folder));
        Assert.Equal([], report.Entries.Where(entry => !IsChangeOfForm(entry.Kind)));
        Assert.Equal((source.Images.Count(), source.Images.Sum(image => image.Objects.Count)), (report.Images, report.Objects));
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_a_format_cannot_hold_is_counted_and_the_rest_comes_back(string format) => ForSeeds(s_few, seed =>
    {
        using var folder = new TemporaryFolder();
        var held = Writer(format).Features;
        var shapes = DatasetFeatures.ExactVertices | DatasetFeatures.ExactHoleVertices | DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts
            | DatasetFeatures.Overlap | DatasetFeatures.BoxShapes | DatasetFeatures.EmptyObjects | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages;
        var source = Sample((Everything & ~shapes) | (held & shapes), seed, folder);

        var report = Write(format, source, folder);

        new DatasetComparison(held & ~DatasetFeatures.TypedAttributes & ~(held.HasFlag(DatasetFeatures.TypedAttributes) ? 0 : DatasetFeatures.Attributes | DatasetFeatures.ImageAttributes | DatasetFeatures.Info))
            .Check(source, Read(format, folder));
        var objects = source.Images.SelectMany(image => image.Objects).ToList();
        AssertCounted(report, held, DatasetFeatures.Scores, LossKind.ScoresDropped, objects.Count(item => item.Score is not null));
        AssertCounted(report, held, DatasetFeatures.Crowds, LossKind.CrowdFlagsDropped, objects.Count(item => item.IsCrowd));
        AssertCounted(report, held, DatasetFeatures.IgnoreFlags, LossKind.IgnoreFlagsDropped, objects.Count(item => item.IsIgnored));
        AssertCounted(report, held, DatasetFeatures.ObjectIds, LossKind.ObjectIdsDropped, objects.Count(item => item.Id is not null));
        AssertCounted(report, held, DatasetFeatures.Tracks, LossKind.TracksDropped, objects.Count(item => item.TrackId is not null));
        AssertCounted(report, held, DatasetFeatures.Attributes, LossKind.AttributesDropped, objects.Sum(item => item.Attributes.Count));
        AssertCounted(report, held, DatasetFeatures.ImageIds, LossKind.ImageIdsDropped, source.Images.Count());
        AssertCounted(report, held, DatasetFeatures.Splits, LossKind.SplitsDropped, source.Images.Count());
        AssertCounted(report, held, DatasetFeatures.Info, LossKind.InfoDropped, source.Info.Count);
    });

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_two_formats_hold_survives_the_way_through_both(string from, string to) => ForSeeds(s_few.WithMaxTest(2), seed =>
    {
        using var folder = new TemporaryFolder();
        var held = Writer(from).Features & Writer(to).Features;
        var source = Sample(held, seed, folder);

        Write(from, source, folder);
        Write(to, Read(from, folder), folder);

        new DatasetComparison(held).Check(source, Read(to, folder));
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_recognises_what_it_wrote(string format)
    {
        using var folder = new TemporaryFolder();

        Write(format, Sample(Writer(format).Features & ~DatasetFeatures.Frequencies, 1, folder), folder); // COCO with frequencies looks like LVIS

        Assert.Equal(format, DatasetFormats.Detect(Place(format, folder))?.FormatName);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Images_can_be_gone_through_twice(string format)
    {
        using var folder = new TemporaryFolder();
        Write(format, Sample(Writer(format).Features, 2, folder), folder);
        var dataset = Read(format, folder);

        Assert.Equal(dataset.Images.Select(image => image.Objects.Count), dataset.Images.Select(image => image.Objects.Count));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_is_left_when_writing_fails(string format)
    {
        using var folder = new TemporaryFolder();
        var source = Sample(Writer(format).Features, 3, folder);
        var broken = source with { Images = source.Images.Take(1).Concat(Failing()) };

        Assert.Throws<InvalidAnnotationException>(() => Write(format, broken, folder));

        Assert.DoesNotContain(Directory.GetFileSystemEntries(folder.Path), entry => Path.GetFileName(entry) != "pictures");
    }

    private static IEnumerable<AnnotatedImage> Failing()
    {
        yield return new AnnotatedImage("second.png", new ImageSize(8, 8), []) { Id = 99_999 };
        throw new InvalidAnnotationException("source", 1, "is damaged");
    }

    private static IEnumerable<string> Both() => DatasetFormats.Writers.Select(writer => writer.FormatName).Where(name => DatasetFormats.Reader(name) is not null);

    private static IDatasetWriter Writer(string format) => DatasetFormats.Writer(format) ?? throw new InvalidOperationException(format);

    private static string Place(string format, TemporaryFolder folder) => folder.File($"result-{format}{Writer(format).Suffix}");

    private static AnnotatedDataset Sample(DatasetFeatures features, int seed, TemporaryFolder folder)
    {
        var dataset = new SampleDatasets(features, seed).Make();
        SampleDatasets.WritePictures(dataset, folder.File("pictures"));
        return dataset;
    }

    private static LossReport Write(string format, AnnotatedDataset dataset, TemporaryFolder folder) =>
        Writer(format).Write(dataset, Place(format, folder), new DatasetWriteOptions { ImageFolder = folder.File("pictures") }, TestContext.Current.CancellationToken);

    private static AnnotatedDataset Read(string format, TemporaryFolder folder) =>
        DatasetFormats.Reader(format)!.Open(Place(format, folder), new DatasetReadOptions { ImageFolder = folder.File("pictures") }, TestContext.Current.CancellationToken);

    // A mask may become polygons that fill to it, and the other way round: pixels are compared.
    private static bool IsChangeOfForm(LossKind kind) => kind is LossKind.MasksOutlined or LossKind.PolygonsRasterised;

    private static void AssertCounted(LossReport report, DatasetFeatures held, DatasetFeatures feature, LossKind kind, int count) =>
        Assert.True(report[kind] == (held.HasFlag(feature) ? 0 : count), $"{kind}: {report[kind]} counted; the source has {count}; held: {held.HasFlag(feature)}");

    private static void ForSeeds(Config config, Action<int> check) =>
        Check.One(config, Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), check));
}
