using System.Text;
using Maskwright.Formats.Bsds;
using Maskwright.Formats.Coco;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Coco;

[Trait("Kind", "hostile")]
public sealed class CocoReaderMutationTests
{
    private const int Trials = 800;

    private const string Instances = """
        {"images":[{"id":1,"width":8,"height":6,"file_name":"a.png","neg_category_ids":[4]}],"categories":[{"id":3,"name":"cat","frequency":"r"}],
         "annotations":[{"id":5,"image_id":1,"category_id":3,"segmentation":[[1,1,4,1,4,4,1,4]],"area":9.5,"bbox":[1,1,3,3],"iscrowd":0},
          {"id":6,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":[40,8]},"iscrowd":1},
          {"id":7,"image_id":1,"category_id":3,"segmentation":{"size":[6,8],"counts":"`1"}}]}
        """;

    [Fact]
    public void Mutated_annotations_are_read_or_refused_with_a_place()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.json");
        var random = new Random(1);
        var read = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            File.WriteAllBytes(path, Mutate(Encoding.UTF8.GetBytes(Instances), random));
            try
            {
                CocoReader.ReadInstances(path, TestContext.Current.CancellationToken);
                read++;
            }
            catch (InvalidAnnotationException e)
            {
                Assert.NotNull(e.Line);
            }
        }

        Assert.InRange(read, 1, Trials - 1);
    }

    [Fact]
    public void Mutated_matrices_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.mat");
        var random = new Random(2);
        var small = Matrix();
        File.WriteAllBytes(path, small);
        Assert.Equal(2, BsdsReader.ReadSegmentations(path)[0].Size.Width);
        for (var trial = 0; trial < Trials; trial++)
        {
            var bytes = small.ToArray();
            for (var change = 0; change <= random.Next(4); change++)
            {
                bytes[random.Next(128, bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, bytes[..random.Next(128, bytes.Length + 1)]);
            try
            {
                BsdsReader.ReadSegmentations(path);
            }
            catch (InvalidAnnotationException e)
            {
                Assert.Contains("m.mat", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        const string Likely = "0123456789-.eE[]{}\",:nulltrue \n~\u00ff";
        var text = bytes.ToList();
        for (var change = 0; change <= random.Next(3); change++)
        {
            var at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0:
                    text[at] = (byte)Likely[random.Next(Likely.Length)];
                    break;
                case 1:
                    text.RemoveAt(at);
                    break;
                case 2:
                    text.Insert(at, (byte)Likely[random.Next(Likely.Length)]);
                    break;
                default:
                    text.InsertRange(at, text.GetRange(at, Math.Min(text.Count - at, random.Next(40))));
                    break;
            }
        }

        return [.. text];
    }

    // A file of level 5 with one list of one 2 x 2 matrix of bytes.
    private static byte[] Matrix()
    {
        byte[] Element(int type, params byte[] data) => [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];
        byte[] Header(byte kind, int rows, int columns, string name) =>
            [.. Element(6, kind, 0, 0, 0, 0, 0, 0, 0), .. Element(5, [.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(columns)]), .. Element(1, Encoding.ASCII.GetBytes(name))];
        var inner = Element(14, [.. Header(9, 2, 2, string.Empty), .. Element(2, 1, 1, 2, 2)]);
        return [.. new byte[126], (byte)'I', (byte)'M', .. Element(14, [.. Header(1, 1, 1, "segs"), .. inner])];
    }
}
