using Maskwright.Images;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests;

/// <summary>What holds for every writer.</summary>
public sealed class MaskWritersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names { get; } = [.. MaskWriters.All.Select(writer => writer.FormatName)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_format_has_a_name_and_a_place_of_its_own()
    {
        Assert.Equal(
            ["amg", "amg-json", "coco", "sa1b", "png", "labels", "labels-palette", "svg", "cutout", "overlay"],
            MaskWriters.All.Select(writer => writer.FormatName));

        var paths = MaskWriters.All.SelectMany(writer => writer.Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring))).ToArray();

        Assert.Equal(paths.Length, paths.Distinct().Count());
        Assert.Equal(paths.Order(), Directory.GetFileSystemEntries(_folder.Path).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Makes_the_output_folder(string name)
    {
        var folder = _folder.File("not/yet/there");

        var paths = MaskWriters.Get(name).Write(SampleMasks.Request(folder, SampleMasks.Square));

        Assert.All(paths, path => Assert.True(File.Exists(path) || Directory.Exists(path)));
        Assert.NotEmpty(paths);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_where_it_is_told(string name)
    {
        var target = _folder.File("here.out");

        var paths = MaskWriters.Get(name).Write(SampleMasks.Request(_folder.File("unused"), SampleMasks.Square) with { OutputPath = target });

        Assert.Equal([target], paths);
        Assert.Equal([target], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_the_same_bytes_each_time(string name)
    {
        var first = Bytes(MaskWriters.Get(name).Write(SampleMasks.Request(_folder.File("a"), SampleMasks.Square, SampleMasks.Ring)));
        var second = Bytes(MaskWriters.Get(name).Write(SampleMasks.Request(_folder.File("b"), SampleMasks.Square, SampleMasks.Ring)));

        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_an_earlier_result_when_asked(string name)
    {
        var request = SampleMasks.Request(_folder.Path, SampleMasks.Square) with { Overwrite = false };
        var path = MaskWriters.Get(name).Write(request)[0];

        var error = Assert.Throws<IOException>(() => MaskWriters.Get(name).Write(request));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_masks_of_another_size(string name)
    {
        var request = SampleMasks.Request(_folder.Path, SampleMasks.Square) with { Image = new RgbImage(5, 4, new byte[60]) };

        var error = Assert.Throws<ArgumentException>(() => MaskWriters.Get(name).Write(request));

        Assert.Contains("6x4", error.Message, StringComparison.Ordinal);
        Assert.Contains("5x4", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_the_path_where_a_file_stands_in_the_way(string name)
    {
        File.WriteAllText(_folder.File("blocked"), string.Empty);

        var error = Assert.Throws<IOException>(() => MaskWriters.Get(name).Write(SampleMasks.Request(_folder.File("blocked"), SampleMasks.Square)));

        Assert.Contains(_folder.File("blocked"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_content_without_masks(string name)
    {
        var paths = MaskWriters.Get(name).Write(SampleMasks.Request(_folder.Path));

        Assert.Equal(name is "png" or "cutout" ? 0 : 1, paths.Count);
    }

    [Theory]
    [InlineData("png", "cat.mask-1.png")]
    [InlineData("cutout", "cat.cutout-1.png")]
    public void A_set_of_files_is_written_whole_or_not_at_all(string name, string blocked)
    {
        Directory.CreateDirectory(_folder.File(blocked));

        var error = Assert.ThrowsAny<IOException>(
            () => MaskWriters.Get(name).Write(SampleMasks.Request(_folder.Path, SampleMasks.Square, SampleMasks.Ring, SampleMasks.Square)));

        Assert.Contains(blocked, error.Message, StringComparison.Ordinal);
        Assert.Equal([_folder.File(blocked)], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Never_replaces_the_photo_itself()
    {
        var photo = _folder.File("cat.png");
        File.WriteAllText(photo, "photo");
        var request = SampleMasks.Request(_folder.Path, SampleMasks.Square) with { ImagePath = photo, OutputPath = photo };

        Assert.Throws<IOException>(() => MaskWriters.Get("png").Write(request));

        Assert.Equal("photo", File.ReadAllText(photo));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => MaskWriters.Get("tiff"));

        Assert.Contains("'tiff'", error.Message, StringComparison.Ordinal);
        Assert.Contains("amg, amg-json, coco", error.Message, StringComparison.Ordinal);
        Assert.Same(MaskWriters.All[2], MaskWriters.Get("COCO"));
    }

    [Theory]
    [InlineData("a/photo.tar.gz", "photo.tar")]
    [InlineData("photo", "photo")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("..x.png", "..x")]
    public void The_stem_is_the_name_without_its_last_extension(string path, string expected)
    {
        var request = SampleMasks.Request(_folder.Path) with { ImagePath = path };

        Assert.Equal(expected, request.Stem);
    }

    private static byte[] Bytes(IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path).Order().ToArray() : [path]).SelectMany(File.ReadAllBytes)];
}
