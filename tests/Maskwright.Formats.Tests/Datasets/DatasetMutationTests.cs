using Maskwright.Formats.Datasets;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Datasets;

/// <summary>Damages what every writer of the registry makes, and reads it: it is read, refused with the file's name, or left out, and nothing else.</summary>
[Trait("Kind", "hostile")]
public class DatasetMutationTests
{
    private const int Trials = 120;
    private const long MaxBytes = 512 << 20;
    private const string Likely = "0123456789-.eE[]{}\",:nulltrue <>&;/ \n~\u00ff";

    public static TheoryData<string> Formats => [.. DatasetFormats.Writers.Select(writer => writer.FormatName).Where(name => DatasetFormats.Reader(name) is not null)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_data_sets_are_read_or_refused(string format)
    {
        using var folder = new TemporaryFolder();
        var writer = DatasetFormats.Writer(format)!;
        var place = folder.File($"d{writer.Suffix}");
        var source = new SampleDatasets(writer.Features, 5).Make();
        SampleDatasets.WritePictures(source, folder.File("pictures"));
        writer.Write(source, place, new DatasetWriteOptions { ImageFolder = folder.File("pictures") }, TestContext.Current.CancellationToken);
        var files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => !file.Contains("pictures", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        for (var trial = 0; trial < Trials; trial++)
        {
            var random = new Random(trial);
            var file = files[random.Next(files.Count)];
            var sound = File.ReadAllBytes(file);
            File.WriteAllBytes(file, Mutate(sound, random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = Record.Exception(() => Read(format, place, folder.File("pictures"), keepsGoing: trial % 2 == 1));
            Assert.True(fault is null, $"{format}, trial {trial}, {Path.GetFileName(file)}: {fault}");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
            File.WriteAllBytes(file, sound);
        }
    }

    private static void Read(string format, string place, string pictures, bool keepsGoing)
    {
        var reader = DatasetFormats.Reader(format)!;
        try
        {
            reader.Recognises(place);
            foreach (var image in reader.Open(place, new DatasetReadOptions { ImageFolder = pictures, KeepsGoing = keepsGoing }, TestContext.Current.CancellationToken).Images)
            {
                Assert.All(image.Objects, item => item.Shape.ToMask(image.Size));
            }
        }
        catch (Exception e) when (e is InvalidAnnotationException or InvalidImageException or UnsupportedFormatException or FileNotFoundException or DirectoryNotFoundException)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var changed = bytes.ToList();
        for (var change = 0; change <= random.Next(3) && changed.Count > 0; change++)
        {
            var at = random.Next(changed.Count);
            switch (random.Next(5))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed[at] = (byte)Likely[random.Next(Likely.Length)];
                    break;
                case 2:
                    changed.RemoveRange(at, Math.Min(random.Next(1, 20), changed.Count - at));
                    break;
                case 3:
                    changed.InsertRange(at, changed.GetRange(at, Math.Min(random.Next(1, 40), changed.Count - at)));
                    break;
                default:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
            }
        }

        return [.. changed];
    }
}
