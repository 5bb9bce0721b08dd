using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_the_content_and_leaves_no_other_file()
    {
        AtomicFile.Write(_folder.File("a.txt"), stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder.File("a.txt")));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_failure_half_way_keeps_the_old_file_and_removes_the_temporary_one()
    {
        File.WriteAllText(_folder.File("a.txt"), "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder.File("a.txt"), stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(_folder.File("a.txt")));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Replaces_an_older_file()
    {
        File.WriteAllText(_folder.File("a.txt"), "old and longer");

        AtomicFile.Write(_folder.File("a.txt"), stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder.File("a.txt")));
    }

    [Fact]
    public void Writes_through_a_symbolic_link()
    {
        File.WriteAllText(_folder.File("real.txt"), "old");
        File.CreateSymbolicLink(_folder.File("link.txt"), _folder.File("real.txt"));

        AtomicFile.Write(_folder.File("link.txt"), stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder.File("real.txt")));
        Assert.NotNull(new FileInfo(_folder.File("link.txt")).LinkTarget);
    }

    [Fact]
    public void A_folder_in_the_way_is_named()
    {
        var fault = Assert.ThrowsAny<IOException>(() => AtomicFile.Write(_folder.Path, _ => { }));

        Assert.Contains(_folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var fault = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(_folder.File("no", "a.txt"), _ => { }));

        Assert.Contains(_folder.File("no"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_is_written_and_not_replaced()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "Needs /dev/null.");

        AtomicFile.Write("/dev/null", stream => stream.Write("gone"u8));

        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }

    [Fact]
    public void A_full_disk_is_reported_with_the_name_of_the_file()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");

        var fault = Assert.ThrowsAny<IOException>(() => AtomicFile.Write("/dev/full", stream => stream.Write(new byte[1 << 20])));

        Assert.Contains("/dev/full", fault.Message, StringComparison.Ordinal);
    }
}
