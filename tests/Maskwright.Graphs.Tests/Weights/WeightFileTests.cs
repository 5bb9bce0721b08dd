using System.Text;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Weights;

public sealed class WeightFileTests
{
    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer")]
    [InlineData("<!DOCTYPE html><html></html>", "web page")]
    [InlineData("\u0089HDF\r\n\u001a\n", "HDF5")]
    [InlineData("{\"a\": 1}", "neither")]
    [InlineData("x", "neither")]
    [InlineData("PK", "directory")]
    [InlineData("PK\u0003\u0004 and nothing else that would make an archive", "directory")]
    [Trait("Kind", "hostile")]
    public void Says_what_else_a_file_is(string content, string expected)
        => Assert.Contains(expected, HostilePickleTests.Refusal(Encoding.Latin1.GetBytes(content)), StringComparison.Ordinal);

    [Fact]
    public void Tells_the_format_from_the_content_and_not_from_the_name()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Goldens.Open("checkpoint_formats", "mixed_zip.pth"), folder.File("a.safetensors"));
        File.Copy(Goldens.Open("checkpoint_formats", "mixed.safetensors"), folder.File("b.pth"));

        using var torch = WeightFile.Open(folder.File("a.safetensors"));
        using var safetensors = WeightFile.Open(folder.File("b.pth"));

        Assert.Equal(WeightFormat.TorchZip, torch.Format);
        Assert.Equal(WeightFormat.Safetensors, safetensors.Format);
    }

    [Fact]
    public void Keeps_arrays_at_stable_aligned_addresses()
    {
        using var file = WeightFile.FromArrays([("a", [2, 2], [1f, 2f, 3f, 4f]), ("s", [], [5f]), ("e", [0, 7], [])]);

        Assert.Equal(3, file.Count);
        Assert.Equal(WeightFormat.Memory, file.Format);
        Assert.Equal(0, file["a"].Address % 64);
        Assert.Equal(file["a"].Address, file["a"].Address);
        Assert.Equal([1f, 2f, 3f, 4f], file["a"].ToFloat32());
        Assert.Equal([5f], file["s"].ToFloat32());
        Assert.Empty(file["e"].ToFloat32());
        Assert.Throws<KeyNotFoundException>(() => file["nothing"]);
    }

    [Fact]
    public void Refuses_arrays_that_do_not_match_their_shapes()
    {
        Assert.Throws<ArgumentException>(() => WeightFile.FromArrays([("a", [3], [1f])]));
        Assert.Throws<ArgumentException>(() => WeightFile.FromArrays([("a", [-1], [1f])]));
        Assert.Throws<ArgumentException>(() => WeightFile.FromArrays([("a", [1], [1f]), ("a", [1], [1f])]));
    }

    [Fact]
    public void Refuses_a_destination_of_another_length()
    {
        using var file = WeightFile.FromArrays([("a", [2], [1f, 2f])]);

        var error = Assert.Throws<ArgumentException>(() => file["a"].CopyToFloat32(new float[3]));

        Assert.Contains("a has 2 elements", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_a_file_that_is_not_there_as_the_platform_does()
        => Assert.Throws<FileNotFoundException>(() => WeightFile.Open(Path.Combine(Path.GetTempPath(), "maskwright-no-such-file.pth")));
}
