using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Testing;
using Maskwright.Training.Data;
using Xunit;

namespace Maskwright.Training.Tests.Data;

public class MaskTableTests
{
    [Fact]
    public void Reads_sets_kinds_and_several_label_files()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "set\tkind\timage\tlabels\na\tclasses\tx.png\ty.png\nb\tregions\tu.png\tv.png;w.png\n");

        var examples = MaskTable.Read(path, new Flat(), (_, kind) => new LabelRules { Kind = kind });

        Assert.Equal(["a", "b"], examples.Select(e => e.Set));
        Assert.Equal(2, examples[1].Load().Annotations.Count);
    }

    [Theory]
    [InlineData("photo,mask\n", 1)]
    [InlineData("set\tkind\timage\tlabels\na\tclasses\tx.png\n", 2)]
    [InlineData("set\tkind\timage\tlabels\na\tclasses\tx.png\ty.png\na\tcolours\tx.png\ty.png\n", 3)]
    public void Says_which_line_is_wrong(string text, int line)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, text);

        var fault = Assert.Throws<InvalidAnnotationException>(() => MaskTable.Read(path, new Flat(), (_, _) => new LabelRules()));

        Assert.Equal(line, fault.Line);
    }

    [Fact]
    public void Labels_of_another_size_than_their_photo_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "set\tkind\timage\tlabels\na\tclasses\tx.png\tlarge.png\n");
        var example = MaskTable.Read(path, new Flat(), (_, _) => new LabelRules())[0];

        var fault = Assert.Throws<InvalidAnnotationException>(() => example.Load());

        Assert.Contains("large.png", fault.Message, StringComparison.Ordinal);
    }

    private static string Write(TemporaryFolder folder, string text)
    {
        var path = Path.Combine(folder.Path, "train.tsv");
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Flat : IImageCodec
    {
        public RgbImage ReadImage(string path) => new(4, 4, new byte[48]);

        public LabelMap ReadLabels(string path)
        {
            var side = path.EndsWith("large.png", StringComparison.Ordinal) ? 8 : 4;
            return new LabelMap(new ImageSize(side, side), new int[side * side]);
        }

        public RgbImage Recompress(RgbImage image, int quality) => image;
    }
}
