using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class DistanceTransformTests
{
    [Fact]
    public void The_fast_form_is_the_plain_one()
    {
        foreach (var mask in RandomMasks.Some(seed: 5).Where(mask => mask.Size.PixelCount < 2500))
        {
            Assert.Equal(DistanceTransform.OfScalar(mask).Squared, DistanceTransform.Of(mask).Squared);
        }
    }

    [Fact]
    public void Deep_and_shallow_runs_are_equal_to_the_plain_form()
    {
        var random = new Random(8);
        for (var i = 0; i < 6; i++)
        {
            var holes = Enumerable.Range(0, 1 + i).Select(_ => (X: random.Next(130), Y: random.Next(80))).ToList();
            var mask = RandomMasks.Fill(130, 80, (x, y) => !holes.Contains((x, y)));

            Assert.Equal(DistanceTransform.OfScalar(mask).Squared, DistanceTransform.Of(mask).Squared);
        }
    }

    [Fact]
    public void Columns_are_the_same_one_by_one_and_sixteen_at_a_time()
    {
        foreach (var mask in RandomMasks.Some(seed: 6))
        {
            var (plain, fast) = (new ushort[mask.Size.PixelCount], new ushort[mask.Size.PixelCount]);
            var none = Enumerable.Repeat(ColumnDistances.None, mask.Width).ToArray();

            ColumnDistances.FillScalar(mask, plain);
            for (var y = 0; y < mask.Height; y++)
            {
                ColumnDistances.Down(mask.Row(y), y == 0 ? none : fast.AsSpan((y - 1) * mask.Width), fast.AsSpan(y * mask.Width, mask.Width));
            }

            for (var y = mask.Height - 1; y >= 0; y--)
            {
                ColumnDistances.Up(y == mask.Height - 1 ? none : fast.AsSpan((y + 1) * mask.Width), fast.AsSpan(y * mask.Width, mask.Width));
            }

            Assert.Equal(plain, fast);
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Squares_are_scipys_and_roots_OpenCVs()
    {
        foreach (var golden in ImageOperations.MaskCases.Where(name => name != "mask_full").Select(name => GoldenCase.Open("image_ops", name)))
        {
            var map = DistanceTransform.Of(ImageOperations.Mask(golden));

            golden.Output("scipy_edt_squared_i32").AssertEqual(map.Squared);
            golden.Output("cv2_distance_l2_precise").AssertClose(map.ToDistances(), 1e-6);
        }
    }

    [Fact]
    public void Signed_distances_change_sign_at_the_border()
    {
        var mask = AsciiMask.Parse(".####.");

        Assert.Equal([-1f, 1, 2, 2, 1, -1], DistanceTransform.Signed(mask));
    }

    [Fact]
    public void Without_an_outside_nothing_is_reachable()
    {
        var mask = RandomMasks.Fill(70, 3, (_, _) => true);

        Assert.All(DistanceTransform.Of(mask).Squared.ToArray(), squared => Assert.Equal(DistanceMap.Unreachable, squared));
        Assert.All(DistanceTransform.Signed(mask), distance => Assert.Equal(float.PositiveInfinity, distance));
        Assert.Throws<ArgumentOutOfRangeException>(() => DistanceTransform.Of(new BinaryMask(46341, 1)));
    }
}
