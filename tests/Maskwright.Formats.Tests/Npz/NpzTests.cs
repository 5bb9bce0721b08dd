using System.IO.Compression;
using Maskwright.Formats.Npy;
using Maskwright.Formats.Npz;
using Maskwright.Testing;
using Xunit;
using static Maskwright.Formats.Tests.SampleAnnotations;

namespace Maskwright.Formats.Tests.Npz;

public sealed class NpzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_the_arrays_that_are_documented()
    {
        var dataset = Dataset(Object(Spots, Dog) with { Score = 0.5 }, Object(Frame));

        var (back, _) = dataset.RoundTrip("npz", _folder.File("out"));

        SameObjects(dataset.Images.First(), Assert.Single(back.Images));
        using var npz = new NpzFile(_folder.File("out", "a.npz"));
        Assert.Equal([2, 16, 20], npz.Array("masks")!.Shape);
        Assert.Equal(Spots.Mask.Area, npz.Array("masks")!.ToArray<byte>().Take(320).LongCount(value => value == 1));
        Assert.Equal(["big dog", "cat"], npz.Texts("class_names"));
        Assert.Equal([2L, 1L], npz.Array("class_ids")!.ToArray<long>());
        Assert.Equal([0.5, double.NaN], npz.Array("scores")!.ToArray<double>());
    }

    [Fact]
    public void Reads_stacks_and_label_maps_of_others()
    {
        var stack = new byte[2 * 6];
        (stack[1], stack[11]) = (1, 200);
        Write("a.npz", ("masks", s => NpyWriter.Write<byte>(s, stack, 2, 2, 3)), ("class_ids", s => NpyWriter.Write<int>(s, new[] { 7, 3 }, 2)), ("scores", s => NpyWriter.Write<float>(s, new[] { 0.5f, float.NaN }, 2)));
        Write("b.npz", ("labels", s => NpyWriter.Write<ushort>(s, new ushort[] { 0, 5, 5, 2, 0, 0 }, 2, 3)));

        var images = new NpzReader().Open(_folder.Path).Images.ToList();

        Assert.Equal(["7", "3"], images[0].Objects.Select(item => item.Category.Name));
        Assert.Equal([0.5, null], images[0].Objects.Select(item => item.Score));
        Assert.Equal([1L, 2L], images[1].Objects.Select(item => item.Shape.ToMask(images[1].Size).Area));
        Assert.Equal("object", images[1].Objects[0].Category.Name);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public void Says_what_is_wrong()
    {
        File.WriteAllText(_folder.File("text.npz"), "not a zip");
        Write("none.npz", ("other", s => NpyWriter.Write<byte>(s, new byte[1], 1)));
        Write("flat.npz", ("masks", s => NpyWriter.Write<byte>(s, new byte[4], 2, 2)));
        Write("cut.npz", ("masks", s => s.Write(NpyWriter.Header("|b1", [9, 100, 100]))));
        Write("huge.npz", ("masks", s => s.Write(NpyWriter.Header("|b1", [9, 100000, 100000]))));
        Write("scores.npz", ("masks", s => NpyWriter.Write<byte>(s, new byte[4], 1, 2, 2)), ("scores", s => NpyWriter.Write<double>(s, new double[3], 3)));
        Write("objects.npz", ("masks", s => NpyWriter.Write<byte>(s, new byte[4], 1, 2, 2)), ("class_names", s => s.Write(NpyWriter.Header("|O", [1]))));
        Write("directory.npz", ("masks", s => NpyWriter.Write<byte>(s, new byte[4], 1, 2, 2)));
        var bytes = File.ReadAllBytes(_folder.File("directory.npz"));
        bytes[^12] = 9; // the number of entries
        File.WriteAllBytes(_folder.File("directory.npz"), bytes);
        string Fault(string name) => Assert.Throws<InvalidAnnotationException>(() => new NpzReader().Open(_folder.File(name)).Images.Count()).Message;

        Assert.Contains("is not a .npz file", Fault("text.npz"), StringComparison.Ordinal);
        Assert.Contains("is not a .npz file", Fault("directory.npz"), StringComparison.Ordinal);
        Assert.Contains("masks: is missing", Fault("none.npz"), StringComparison.Ordinal);
        Assert.Contains("is no stack of masks", Fault("flat.npz"), StringComparison.Ordinal);
        Assert.Contains("is cut off in mask 0 of 9", Fault("cut.npz"), StringComparison.Ordinal);
        Assert.Contains("are too many", Fault("huge.npz"), StringComparison.Ordinal);
        Assert.Contains("has the shape [3], but there are 1 masks", Fault("scores.npz"), StringComparison.Ordinal);
        Assert.Contains("is not a list of texts", Fault("objects.npz"), StringComparison.Ordinal);
    }

    private void Write(string name, params (string Name, Action<Stream> Write)[] arrays)
    {
        using var zip = ZipFile.Open(_folder.File(name), ZipArchiveMode.Create);
        foreach (var array in arrays)
        {
            using var entry = zip.CreateEntry(array.Name + ".npy").Open();
            array.Write(entry);
        }
    }
}
