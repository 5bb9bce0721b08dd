using Maskwright.Formats.Classes;
using Maskwright.Formats.Images;
using Maskwright.Formats.Overlays;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Classes;

public class ClassWriterTests
{
    private static readonly RgbImage Photo = new(6, 3, Enumerable.Repeat((byte)100, 54).ToArray());

    private static readonly MaskProposal[] Proposals =
    [
        Class(3, "traffic light, red", """
            ......
            .##...
            .##...
            """),
        Class(7, "road", """
            ....##
            ......
            ......
            """),
    ];

    [Fact]
    public void The_map_holds_each_class_s_own_number()
    {
        using var folder = new TemporaryFolder();

        var path = Assert.Single(new ClassMapWriter().Write(Request(folder, Proposals)));

        Assert.Equal(folder.File("photo.classes.png"), path);
        Assert.Equal([0, 0, 0, 0, 7, 7, 0, 3, 3, 0, 0, 0, 0, 3, 3, 0, 0, 0], MaskImageReader.ReadLabels(path).Labels.ToArray());
    }

    [Fact]
    public void Every_class_gets_a_mask_and_a_line_with_its_area()
    {
        using var folder = new TemporaryFolder();

        var paths = new ClassMasksWriter().Write(Request(folder, Proposals));

        Assert.Equal(["photo.class-3-traffic_light__red.png", "photo.class-7-road.png", "photo.areas.csv"], paths.Select(Path.GetFileName));
        Assert.Equal(["number,name,pixels,share", "3,\"traffic light, red\",4,0.222222", "7,road,2,0.111111"], File.ReadAllLines(paths[^1]));
    }

    [Fact]
    public void Probabilities_are_pictures_of_16_bit_one_a_class()
    {
        using var folder = new TemporaryFolder();
        float[] sure = [.. Enumerable.Range(0, 18).Select(i => i / 17f)];
        var probabilities = new ClassProbabilities(Photo.Size, ["background", "traffic light"], [.. sure.Select(p => 1 - p), .. sure]);

        var paths = new ClassProbabilitiesWriter().Write(Request(folder, Proposals) with { Probabilities = probabilities });

        Assert.Equal(["photo.probability-0.png", "photo.probability-1.png"], paths.Select(Path.GetFileName));
        Assert.Equal(sure.Select(p => (int)MathF.Round(p * 65535)), MaskImageReader.ReadLabels(paths[1]).Labels.ToArray());
    }

    [Fact]
    public void Where_nobody_asked_for_probabilities_none_are_written()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<ArgumentException>(() => new ClassProbabilitiesWriter().Write(Request(folder, Proposals)));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void An_image_without_classes_still_gets_a_map_and_a_table()
    {
        using var folder = new TemporaryFolder();

        Assert.All(ClassWriters.All.Where(writer => writer is not ClassProbabilitiesWriter), writer => Assert.Single(writer.Write(Request(folder, []))));
        Assert.Equal(Photo.Size, ImageReader.Identify(folder.File("photo.overlay.png")).Size);
    }

    [Fact]
    public void The_legend_stands_beside_the_photo_and_colours_lie_on_it()
    {
        var picture = ClassOverlay.Render(Photo, Proposals);

        Assert.True(picture.Width > Photo.Width + 40 && picture.Height >= Photo.Height);
        Assert.Equal([100, 100, 100], picture.Pixels[..3].ToArray());
        var inside = picture.Pixels.Slice(3 * ((2 * picture.Width) + 2), 3).ToArray();
        Assert.NotEqual([100, 100, 100], inside);
    }

    [Fact]
    public void Classes_that_lie_a_whole_palette_apart_have_colours_of_their_own()
    {
        var picture = ClassOverlay.Render(Photo, [Proposals[0] with { ClassNumber = 14 }, Proposals[1] with { ClassNumber = 41 }]);

        int[] At(int x, int y) => [.. picture.Pixels.Slice(3 * ((y * picture.Width) + x), 3).ToArray().Select(value => (int)value)];
        Assert.True(At(2, 2).Zip(At(5, 0)).Sum(pair => Math.Abs(pair.First - pair.Second)) > 60);
    }

    [Fact]
    public void A_mask_without_a_class_number_is_refused()
    {
        using var folder = new TemporaryFolder();
        MaskProposal[] plain = [Proposals[0] with { ClassNumber = null }];

        Assert.All(ClassWriters.All, writer => Assert.Throws<ArgumentException>(() => writer.Write(Request(folder, plain))));
    }

    [Fact]
    public void Names_and_scores_are_written_on_labelled_masks_only()
    {
        var (size, photo) = (new ImageSize(200, 120), new RgbImage(200, 120, new byte[200 * 120 * 3]));
        var mask = new BinaryMask(size);
        for (var i = 0; i < 60 * 60; i++)
        {
            mask[40 + (i % 60), 30 + (i / 60)] = true;
        }

        var named = new MaskProposal(RunLengthMask.FromMask(mask), 0.87) { Label = "cup" };
        RgbImage Draw(MaskProposal proposal, bool withNames) => OverlayRenderer.Render(photo, [proposal], new OverlayOptions { WithNames = withNames });

        Assert.NotEqual(Draw(named, false).Pixels.ToArray(), Draw(named, true).Pixels.ToArray());
        Assert.Equal(Draw(named, false).Pixels.ToArray(), Draw(named with { Label = null }, true).Pixels.ToArray());
    }

    private static MaskProposal Class(int number, string name, string art) => new(RunLengthMask.FromMask(AsciiMask.Parse(art)), 1) { Label = name, ClassNumber = number };

    private static MaskWriteRequest Request(TemporaryFolder folder, IReadOnlyList<MaskProposal> proposals) =>
        new() { Image = Photo, ImagePath = "photo.jpg", Proposals = proposals, OutputFolder = folder.Path };
}
