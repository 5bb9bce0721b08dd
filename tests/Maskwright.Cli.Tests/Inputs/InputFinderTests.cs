using Maskwright.Cli.Inputs;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Inputs;

public sealed class InputFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InputFinderTests()
    {
        foreach (var name in new[] { "b.png", "a.JPG", "notes.txt", "b.overlay.png", "sub/c.webp", "sub/deep/a.png", "sub/notes.md" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!); // every name has a folder
            File.WriteAllText(_folder.File(name), "x");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_gives_its_images_in_order_and_no_overlays()
    {
        Assert.Equal(["a.JPG", "b.png"], Names(InputFinder.Find([_folder.Path], isRecursive: false, "masks")));
    }

    [Fact]
    public void A_folder_is_searched_to_the_bottom_when_asked()
    {
        var found = InputFinder.Find([_folder.Path], isRecursive: true, "masks");

        Assert.Equal(["a.JPG", "b.png", "sub/c.webp", "sub/deep/a.png"], Names(found));
        Assert.Equal(["a", "b", "sub/c", "sub/deep/a"], found.Files.Select(file => file.ResultName));
    }

    [Fact]
    public void A_pattern_reaches_into_sub_folders()
    {
        Assert.Equal(["sub/deep/a.png", "b.png"], Names(InputFinder.Find([_folder.File("sub/**/*.png"), _folder.File("*.png")], isRecursive: false, "masks")));
    }

    [Fact]
    public void A_file_named_twice_is_taken_once()
    {
        Assert.Equal(["b.png"], Names(InputFinder.Find([_folder.File("b.png"), _folder.File("sub/../b.png")], isRecursive: false, "masks")));
    }

    [Fact]
    public void A_named_file_is_taken_whatever_its_name()
    {
        Assert.Equal(["notes.txt"], Names(InputFinder.Find([_folder.File("notes.txt")], isRecursive: false, "masks")));
    }

    [Fact]
    public void Results_of_an_earlier_run_inside_the_folder_are_no_inputs()
    {
        var found = InputFinder.Find([_folder.Path], isRecursive: true, _folder.File("sub"));

        Assert.Equal(["a.JPG", "b.png"], Names(found));
    }

    [Fact]
    public void What_names_nothing_is_reported_with_the_reason()
    {
        Directory.CreateDirectory(_folder.File("empty"));

        var found = InputFinder.Find([_folder.File("gone.png"), _folder.File("empty"), _folder.File("*.tif")], isRecursive: false, "masks");

        Assert.Empty(found.Files);
        Assert.Collection(
            found.Missing,
            gone => Assert.StartsWith("no such file", gone.Reason, StringComparison.Ordinal),
            empty => Assert.Contains("--recursive", empty.Reason, StringComparison.Ordinal),
            pattern => Assert.Equal("the pattern matches no image", pattern.Reason));
    }

    [Fact]
    public void Images_that_share_a_stem_get_names_of_their_own()
    {
        var files = ResultNames.Assign([("x/cat.png", "cat.png"), ("x/cat.jpg", "cat.jpg"), ("y/cat.png", "cat.png"), ("dog.png", "dog.png")]);

        Assert.Equal(["cat.png", "cat.jpg", "cat.png-2", "dog"], files.Select(file => file.ResultName));
    }

    private IEnumerable<string> Names(InputList list) => list.Files.Select(file => Path.GetRelativePath(_folder.Path, file.Path));
}
