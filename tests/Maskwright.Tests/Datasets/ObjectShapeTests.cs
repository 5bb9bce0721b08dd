using Maskwright.Datasets;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Datasets;

public class ObjectShapeTests
{
    private static readonly ImageSize s_size = new(7, 5);

    private static RunLengthMask Mask(string art) => RunLengthMask.FromMask(AsciiMask.Parse(art));

    [Fact]
    public void A_polygon_through_pixel_corners_holds_the_pixels_between_them()
    {
        var shape = PolygonShape.FromNumbers([[1, 1, 4, 1, 4, 3, 1, 3]]);

        AsciiMask.Equal(
            AsciiMask.Parse("""
                .......
                .###...
                .###...
                .......
                .......
                """),
            shape.ToMask(s_size).ToBinaryMask());
    }

    [Fact]
    public void A_hole_is_taken_out_of_its_own_part_only()
    {
        var shape = new PolygonShape(
        [
            PolygonPart.FromNumbers([0, 0, 5, 0, 5, 5, 0, 5]) with { Holes = [PolygonPart.FromNumbers([1, 1, 4, 1, 4, 4, 1, 4]).Outer] },
            PolygonPart.FromNumbers([2, 2, 3, 2, 3, 3, 2, 3]),
        ]);

        AsciiMask.Equal(
            AsciiMask.Parse("""
                #####..
                #...#..
                #.#.#..
                #...#..
                #####..
                """),
            shape.ToMask(s_size).ToBinaryMask());
    }

    [Fact]
    public void A_mask_becomes_parts_with_their_own_holes()
    {
        var mask = Mask("""
            #####..
            #...#.#
            #.#.#.#
            #...#..
            #####..
            """);

        var polygons = new MaskShape(mask).ToPolygons(mask.Size);

        Assert.Equal(3, polygons.Parts.Count);
        Assert.Equal([1, 0, 0], polygons.Parts.Select(part => part.Holes.Count).OrderDescending());
        Assert.Equal(mask, polygons.ToMask(mask.Size));
    }

    [Fact]
    public void A_hole_of_an_island_belongs_to_the_island()
    {
        var mask = Mask("""
            #######
            #.....#
            #.###.#
            #.#.#.#
            #.###.#
            #.....#
            #######
            """);

        var polygons = new MaskShape(mask).ToPolygons(mask.Size);

        Assert.Equal([1, 1], polygons.Parts.Select(part => part.Holes.Count));
        Assert.All(polygons.Parts, part => Assert.True(part.Outer.Min(p => p.X) < part.Holes[0].Min(p => p.X)));
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Polygons_made_from_a_mask_fill_to_the_same_mask(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var bits = new BinaryMask(random.Next(1, 14), random.Next(1, 14));
            for (var at = 0; at < bits.Size.PixelCount; at++)
            {
                bits[at % bits.Width, at / bits.Width] = random.Next(3) > 0;
            }

            var mask = RunLengthMask.FromMask(bits);

            AsciiMask.Equal(bits, new MaskShape(mask).ToPolygons(mask.Size).ToMask(mask.Size).ToBinaryMask());
        }
    }

    [Fact]
    public void A_box_fills_the_pixels_between_its_edges_and_keeps_its_numbers()
    {
        var shape = new BoxShape(new ObjectBox(1, 0, 2, 2));

        Assert.Equal(4, shape.ToMask(s_size).Area);
        Assert.Equal(shape.ToMask(s_size), shape.ToPolygons(s_size).ToMask(s_size));
        Assert.Equal(shape.Box, shape.ToPolygons(s_size).Bounds);
    }

    [Fact]
    public void A_mask_of_another_size_is_refused()
    {
        var shape = new MaskShape(RunLengthMask.Empty(new ImageSize(3, 3)));

        var fault = Assert.Throws<ArgumentException>(() => shape.ToMask(s_size));

        Assert.Contains("3x3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_with_the_same_corners_are_equal()
    {
        Assert.Equal(PolygonShape.FromNumbers([[0, 0, 1, 0, 1, 1]]), PolygonShape.FromNumbers([[0, 0, 1, 0, 1, 1]]));
        Assert.NotEqual(PolygonShape.FromNumbers([[0, 0, 1, 0, 1, 1]]), PolygonShape.FromNumbers([[0, 0, 1, 0, 1, 2]]));
    }
}
