using Maskwright.Formats.Amg;
using Maskwright.Formats.Images;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Amg;

public sealed class AmgWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prints_records_as_python_does()
    {
        var path = new AmgJsonWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square))[0];

        Assert.Equal(
            """[{"segmentation": {"size": [4, 6], "counts": "5220007"}, "area": 6, "bbox": [1, 1, 2, 1], "predicted_iou": 0.8999999761581421, "point_coords": [[2.0, 1.5]], "stability_score": 0.5, "crop_box": [0, 0, 6, 4]}]""",
            File.ReadAllText(path));
    }

    [Fact]
    public void Says_nothing_of_points_and_scores_that_are_not_there()
    {
        var bare = new MaskProposal(RunLengthMask.Empty(SampleMasks.Photo.Size), 0.25);
        var request = SampleMasks.Request(_folder.Path, bare);

        var json = File.ReadAllText(new AmgJsonWriter().Write(request)[0]);
        var table = File.ReadAllLines(Path.Combine(new AmgFolderWriter().Write(request)[0], "metadata.csv"));

        Assert.Contains("\"bbox\": [0, 0, 0, 0], \"predicted_iou\": 0.25, \"point_coords\": [], \"stability_score\": null,", json, StringComparison.Ordinal);
        Assert.Equal("0,0,0,0,0,0,,,0.25,,0,0,6,4", table[1]);
    }

    [Fact]
    public void Writes_a_folder_of_numbered_masks()
    {
        var folder = Assert.Single(new AmgFolderWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring)));

        Assert.Equal(_folder.File("cat"), folder);
        Assert.Equal(["0.png", "1.png", "metadata.csv"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order());
        var pixels = ImageReader.Read(Path.Combine(folder, "0.png"));
        var expected = SampleMasks.Square.Mask.ToBinaryMask();
        for (var i = 0; i < 24; i++)
        {
            Assert.Equal(expected[i % 6, i / 6] ? 255 : 0, pixels.Pixels[3 * i]);
        }
    }

    [Fact]
    public void Without_masks_leaves_the_bare_header_and_an_empty_list()
    {
        var request = SampleMasks.Request(_folder.Path);

        Assert.Equal("[]", File.ReadAllText(new AmgJsonWriter().Write(request)[0]));
        var table = File.ReadAllText(Path.Combine(new AmgFolderWriter().Write(request)[0], "metadata.csv"));
        Assert.StartsWith("id,area,", table, StringComparison.Ordinal);
        Assert.EndsWith("crop_box_h", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Replaces_an_earlier_folder_whole()
    {
        new AmgFolderWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring));

        new AmgFolderWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Ring));

        Assert.Equal(["0.png", "metadata.csv"], Directory.GetFiles(_folder.File("cat")).Select(file => Path.GetFileName(file)).Order());
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Never_replaces_a_folder_that_holds_something_else()
    {
        Directory.CreateDirectory(_folder.File("cat"));
        File.WriteAllText(Path.Combine(_folder.File("cat"), "diary.txt"), "mine");

        var error = Assert.Throws<IOException>(() => new AmgFolderWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square)));

        Assert.Contains("diary.txt", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder.File("cat"), "diary.txt")));
    }

    [Fact]
    public void Cancelling_leaves_nothing_behind()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => new AmgFolderWriter().Write(SampleMasks.Request(_folder.Path, SampleMasks.Square), cancelled.Token));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
