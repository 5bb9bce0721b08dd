using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class PixelOutlineTests
{
    [Fact]
    public void Goes_clockwise_around_a_rectangle_with_one_corner_a_turn()
    {
        var mask = AsciiMask.Parse("""
            ....
            .##.
            .##.
            .##.
            """);

        var ring = Assert.Single(PixelOutline.Of(mask).Rings);

        Assert.Equal([new(3, 1), new(3, 4), new(1, 4), new(1, 1)], ring.Corners.ToArray());
        Assert.Equal(6, ring.SignedArea);
        Assert.False(ring.IsHole);
    }

    [Fact]
    public void Gives_a_hole_a_ring_of_its_own()
    {
        var mask = AsciiMask.Parse("""
            ####
            #..#
            ####
            """);

        var rings = PixelOutline.Of(mask).Rings;

        Assert.Equal([12L, -2L], rings.Select(ring => ring.SignedArea));
    }

    [Fact]
    public void Parts_pixels_that_touch_at_a_corner_only()
    {
        var mask = AsciiMask.Parse("""
            #.
            .#
            """);

        var rings = PixelOutline.Of(mask).Rings;

        Assert.Equal([1L, 1L], rings.Select(ring => ring.SignedArea));
    }

    [Fact]
    public void Cuts_a_hole_off_where_it_touches_the_outside_at_a_corner()
    {
        var mask = AsciiMask.Parse("""
            ###
            #.#
            ##.
            """);

        var areas = PixelOutline.Of(mask).Rings.Select(ring => ring.SignedArea).Order();

        Assert.Equal([-1L, 8L], areas);
    }

    [Fact]
    public void Is_empty_for_an_empty_mask()
    {
        var mask = new BinaryMask(5, 4);

        Assert.Empty(PixelOutline.Of(mask).Rings);
        Assert.Empty(PixelOutline.Of(RunLengthMask.FromMask(mask)).Rings);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Filled_again_is_the_mask()
    {
        foreach (var mask in RandomMasks.Some(7))
        {
            AsciiMask.Equal(mask, PixelOutline.Of(mask).Fill(mask.Size));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Of_run_lengths_has_the_same_rings()
    {
        foreach (var mask in RandomMasks.Some(7))
        {
            var expected = PixelOutline.Of(mask).Rings;
            var actual = PixelOutline.Of(RunLengthMask.FromMask(mask)).Rings;

            Assert.Equal(expected.Select(ring => string.Join(' ', ring.Corners.ToArray())), actual.Select(ring => string.Join(' ', ring.Corners.ToArray())));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Has_only_simple_rings_whose_areas_add_up()
    {
        foreach (var mask in RandomMasks.Some(7))
        {
            var rings = PixelOutline.Of(mask).Rings;

            Assert.Equal(mask.Area(), rings.Sum(ring => ring.SignedArea));
            foreach (var ring in rings)
            {
                var corners = ring.Corners.ToArray();
                Assert.Equal(corners.Length, corners.Distinct().Count());
                Assert.All(corners.Zip(corners.Skip(2).Concat(corners.Take(2))), pair => Assert.True(pair.First.X != pair.Second.X && pair.First.Y != pair.Second.Y));
            }
        }
    }
}
