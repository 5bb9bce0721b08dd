using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Training.Data;

namespace Maskwright.Training.Tests.Data;

/// <summary>Photos of plain shapes whose colour says which object a pixel belongs to.</summary>
internal static class PaintedScenes
{
    private static readonly (byte R, byte G, byte B)[] s_colours = [(30, 30, 40), (220, 60, 50), (60, 200, 80), (70, 90, 230), (230, 210, 60)];

    /// <summary>A photo with a disc, a box and a triangle in places of its own.</summary>
    /// <param name="side">Its side in pixels.</param>
    /// <param name="seed">Says which places.</param>
    /// <param name="isLarge">Whether the shapes fill much of it, for networks that see in coarse cells.</param>
    public static LabelledPhoto Draw(int side, int seed, bool isLarge = false)
    {
        var (least, most) = isLarge ? (0.22, 0.34) : (0.12, 0.25);
        var random = new SampleRandom(seed);
        var numbers = new byte[side * side];
        for (var id = 1; id <= 3; id++)
        {
            double x = random.Between(0.2, 0.8) * side, y = random.Between(0.2, 0.8) * side, reach = random.Between(least, most) * side;
            Fill(numbers, side, (u, v) => Holds(id, u - x, v - y, reach), (byte)id);
        }

        return Photo(numbers, side);
    }

    /// <summary>The same, each shape of a class of its own: 1 for a disc, 2 for a box, 3 for a triangle.</summary>
    /// <inheritdoc cref="Draw" path="/param"/>
    public static LabelledPhoto DrawClasses(int side, int seed, bool isLarge = false) => WithClasses(Draw(side, seed, isLarge));

    /// <summary>The same three classes, each shape in a quarter of its own, so that none hides another.</summary>
    /// <inheritdoc cref="Draw" path="/param"/>
    public static LabelledPhoto DrawApart(int side, int seed)
    {
        var random = new SampleRandom(seed);
        var numbers = new byte[side * side];
        for (var id = 1; id <= 3; id++)
        {
            var (column, row) = ((id + seed) % 4 % 2, (id + seed) % 4 / 2);
            var reach = random.Between(0.16, 0.2) * side;
            double x = AxisOf(column, random) * side, y = AxisOf(row, random) * side;
            Fill(numbers, side, (u, v) => Holds(id, u - x, v - y, reach), (byte)id);
        }

        return WithClasses(Photo(numbers, side));

        static double AxisOf(int half, SampleRandom random) => 0.26 + (0.48 * half) + random.Between(-0.03, 0.03);
    }

    /// <summary>A photo of given object numbers, 0 to 4.</summary>
    public static LabelledPhoto Photo(byte[] numbers, int side)
    {
        var pixels = numbers.SelectMany(id => new[] { s_colours[id].R, s_colours[id].G, s_colours[id].B }).ToArray();
        var masks = numbers.Distinct().Where(id => id > 0).Order().Select(id => MaskOf(numbers, side, id)).ToList();
        return new LabelledPhoto(new RgbImage(side, side, pixels), [ObjectLayers.FromMasks(new ImageSize(side, side), masks, isExhaustive: true)]);
    }

    /// <summary>Examples of painted scenes.</summary>
    public static List<TrainingExample> Examples(int count, int side) =>
        [.. Enumerable.Range(0, count).Select(i => new TrainingExample("painted", $"scene {i}", () => Draw(side, i)))];

    /// <summary>The colour of an object, which no other has.</summary>
    public static (byte R, byte G, byte B) ColourOf(int id) => s_colours[id];

    private static LabelledPhoto WithClasses(LabelledPhoto photo)
    {
        var (layers, side) = (photo.Annotations[0], photo.Image.Width);
        var masks = layers.Objects.Select(o => MaskOf([.. layers.Layers[o.Layer].Select(id => (byte)id)], side, (byte)o.Id)).ToList();
        int[] classes = [.. layers.Objects.Select(o => ClassAt(photo.Image, layers, o))];
        return photo with { Annotations = [ObjectLayers.FromMasks(photo.Image.Size, masks, isExhaustive: true, classes: classes)] };
    }

    private static int ClassAt(RgbImage image, ObjectLayers layers, LabelledObject wanted)
    {
        var at = Array.IndexOf(layers.Layers[wanted.Layer], wanted.Id) * 3;
        return Array.IndexOf(s_colours, (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]));
    }

    private static bool Holds(int shape, double x, double y, double reach) => shape switch
    {
        1 => (x * x) + (y * y) < reach * reach,
        2 => Math.Abs(x) < reach && Math.Abs(y) < reach * 0.7,
        _ => y > -reach && y < reach && Math.Abs(x) < (y + reach) / 2,
    };

    private static void Fill(byte[] numbers, int side, Func<double, double, bool> holds, byte id)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = holds((i % side) + 0.5, (i / side) + 0.5) ? id : numbers[i];
        }
    }

    private static BinaryMask MaskOf(byte[] numbers, int side, byte id)
    {
        var mask = new BinaryMask(side, side);
        for (var i = 0; i < numbers.Length; i++)
        {
            mask[i % side, i / side] = numbers[i] == id;
        }

        return mask;
    }
}
