using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Xunit;

namespace Maskwright.Training.Tests.Data;

public class CropSourceTests
{
    private const int Side = 64;

    private static readonly AugmentationOptions s_geometry = AugmentationOptions.None with
    {
        NominalSide = 96, MinScale = 0.5, MaxScale = 2, AspectJitter = 0.2, Flip = 0.5, Rotation = 1, MaxRotationDegrees = 40,
    };

    private static readonly AugmentationOptions s_upright = AugmentationOptions.None with { NominalSide = 96 };

    private static CropSource Source(AugmentationOptions options, int seed = 5) =>
        new(PaintedScenes.Examples(6, 96), _ => 1, options, null, seed, 1 << 24);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void Image_and_masks_move_together(double copyPaste, double mosaic)
    {
        var source = Source(s_geometry with { CopyPaste = copyPaste, Mosaic = mosaic });

        var crops = Enumerable.Range(0, 12).Select(step => source.Draw(step, 0, Side)).ToList();

        Assert.All(crops, crop => Assert.InRange(DisagreementInside(crop), 0, 0.02));
        Assert.Contains(crops, crop => crop.Objects(100).Count > 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Elastic_deformation_moves_image_and_masks_together(double mosaic)
    {
        var (still, bent) = (Source(s_geometry with { Mosaic = mosaic }), Source(s_geometry with { Mosaic = mosaic, Elastic = 1, ElasticPixels = 5 }));

        var crops = Enumerable.Range(0, 12).Select(step => bent.Draw(step, 0, Side)).ToList();

        Assert.All(crops, crop => Assert.InRange(DisagreementInside(crop), 0, 0.02));
        Assert.All(crops.Index(), crop => Assert.NotEqual(still.Draw(crop.Index, 0, Side).Layers, crop.Item.Layers));
    }

    [Fact]
    public void Scales_that_are_given_stand_in_for_those_of_the_options()
    {
        var (source, small) = (Source(s_geometry), Source(s_geometry with { MinScale = 0.6, MaxScale = 0.7 }));

        Assert.Equal(small.Draw(3, 1, Side).Pixels, source.Draw(3, 1, Side, scales: new ScaleRange(0.6, 0.7)).Pixels);
        Assert.NotEqual(source.Draw(3, 1, Side).Pixels, source.Draw(3, 1, Side, scales: new ScaleRange(0.6, 0.7)).Pixels);
    }

    [Fact]
    public void A_vertical_flip_puts_the_last_row_first()
    {
        var (still, flipped) = (Source(s_upright), Source(s_upright with { FlipVertical = 1 }));

        foreach (var (upright, crop) in Enumerable.Range(0, 8).Select(step => (still.Draw(step, 0, Side), flipped.Draw(step, 0, Side))))
        {
            AssertSame(upright, crop, (x, y) => (x, Side - 1 - y));
        }
    }

    [Fact]
    public void Quarter_turns_are_by_one_two_or_three_right_angles()
    {
        var (still, turned) = (Source(s_upright), Source(s_upright with { QuarterTurn = 1 }));
        Func<int, int, (int X, int Y)>[] turns = [(x, y) => (Side - 1 - y, x), (x, y) => (Side - 1 - x, Side - 1 - y), (x, y) => (y, Side - 1 - x)];

        var seen = Enumerable.Range(0, 24).Select(step => Turn(still.Draw(step, 0, Side), turned.Draw(step, 0, Side))).ToHashSet();

        Assert.Equal([0, 1, 2], seen.Order());

        int Turn(TrainingCrop upright, TrainingCrop crop) => Array.FindIndex(turns, turn => upright.Layers[0].Index().All(p => crop.Layers[0][At(turn(p.Index % Side, p.Index / Side))] == p.Item));
    }

    [Fact]
    public void Equal_seed_step_and_slot_give_equal_crops_whatever_was_drawn_before()
    {
        var options = new AugmentationOptions { NominalSide = 96, CopyPaste = 1 };
        var (one, other) = (Source(options), Source(options));
        other.Draw(0, 0, Side);
        other.Draw(9, 3, Side);

        var (first, second) = (one.Draw(4, 2, Side), other.Draw(4, 2, Side));

        Assert.Equal(first.Pixels, second.Pixels);
        Assert.Equal(first.Layers, second.Layers);
    }

    [Fact]
    public void Different_seeds_steps_and_slots_give_different_crops()
    {
        var source = Source(s_geometry);

        byte[][] pixels = [source.Draw(4, 2, Side).Pixels, source.Draw(5, 2, Side).Pixels, source.Draw(4, 3, Side).Pixels, Source(s_geometry, 6).Draw(4, 2, Side).Pixels];

        Assert.Equal(4, pixels.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Sets_come_by_their_weights_however_many_photos_they_have()
    {
        var many = Enumerable.Range(0, 30).Select(i => new TrainingExample("many", $"{i}", () => PaintedScenes.Photo(Filled(1), Side)));
        var one = new TrainingExample("one", "0", () => PaintedScenes.Photo(Filled(2), Side));
        var source = new CropSource([.. many, one], set => set == "one" ? 3 : 1, AugmentationOptions.None with { NominalSide = Side }, null, 1, 1 << 24);

        var share = Enumerable.Range(0, 400).Average(step => source.Draw(step, 0, 32).Pixels[0] == PaintedScenes.ColourOf(2).R ? 1.0 : 0);

        Assert.InRange(share, 0.68, 0.82);
    }

    [Fact]
    public void Outside_the_photo_nothing_is_known()
    {
        var source = Source(AugmentationOptions.None with { NominalSide = 32 });

        var crop = source.Draw(0, 0, Side);

        Assert.Equal(Side * Side * 3 / 4, crop.Layers[0].Count(id => id == ObjectLayers.Void));
    }

    [Fact]
    public void A_margin_shows_more_around_the_same_crop_and_mirrors_beyond_the_photo()
    {
        var source = new CropSource(PaintedScenes.Examples(3, Side), _ => 1, AugmentationOptions.None with { NominalSide = Side }, null, 1, 1 << 24);

        var (plain, wide) = (source.Draw(3, 0, Side), source.Draw(3, 0, Side, margin: 20));

        Assert.Equal((Side + 40, 20), (wide.Side, wide.Margin));
        for (var i = 0; i < wide.Side * wide.Side; i++)
        {
            var (x, y) = ((i % wide.Side) - 20, (i / wide.Side) - 20);
            var isInside = x is >= 0 and < Side && y is >= 0 and < Side; // the crop is the whole photo
            var (u, v) = (Mirrored(x), Mirrored(y));
            Assert.Equal(plain.Pixels[((v * Side) + u) * 3], wide.Pixels[i * 3]);
            Assert.Equal(isInside ? plain.Layers[0][(y * Side) + x] : ObjectLayers.Void, wide.Layers[0][i]);
        }

        static int Mirrored(int at) => at < 0 ? -at : at >= Side ? (2 * (Side - 1)) - at : at;
    }

    [Fact]
    public void Sets_of_no_weight_leave_nothing_to_learn_from()
    {
        var fault = Assert.Throws<ArgumentException>(() => new CropSource(PaintedScenes.Examples(2, Side), _ => 0, AugmentationOptions.None, null, 1, 0));

        Assert.Contains("positive weight", fault.Message, StringComparison.Ordinal);
    }

    private static int At((int X, int Y) place) => (place.Y * Side) + place.X;

    private static void AssertSame(TrainingCrop one, TrainingCrop other, Func<int, int, (int X, int Y)> place)
    {
        for (var i = 0; i < Side * Side; i++)
        {
            var to = At(place(i % Side, i / Side));
            Assert.Equal(one.Layers[0][i], other.Layers[0][to]);
            Assert.InRange(other.Pixels[to * 3] - one.Pixels[i * 3], -1, 1); // rounding
        }
    }

    private static byte[] Filled(byte id) => [.. Enumerable.Repeat(id, Side * Side)];

    // The share of object pixels, away from edges, whose colour belongs to no object; colours tell objects apart, so that objects and colours pair up.
    private static double DisagreementInside(TrainingCrop crop)
    {
        int wrong = 0, all = 0;
        for (var y = 2; y < Side - 2; y++)
        {
            for (var x = 2; x < Side - 2; x++)
            {
                var id = crop.Layers[0][(y * Side) + x];
                if (id is not ObjectLayers.Void && IsFlat(crop, x, y, id))
                {
                    all++;
                    wrong += IsColourOfObject(crop, x, y) == (id != ObjectLayers.Nothing) ? 0 : 1;
                }
            }
        }

        return wrong / (double)Math.Max(1, all);
    }

    private static bool IsFlat(TrainingCrop crop, int x, int y, ushort id)
    {
        for (var v = y - 2; v <= y + 2; v++)
        {
            for (var u = x - 2; u <= x + 2; u++)
            {
                if (crop.Layers[0][(v * Side) + u] != id)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsColourOfObject(TrainingCrop crop, int x, int y)
    {
        var at = ((y * Side) + x) * 3;
        var colour = (crop.Pixels[at], crop.Pixels[at + 1], crop.Pixels[at + 2]);
        return Enumerable.Range(1, 4).Any(id => colour == PaintedScenes.ColourOf(id));
    }
}
