using Maskwright.Masks;
using Maskwright.Testing;
using Maskwright.Training.Data;
using Xunit;

namespace Maskwright.Training.Tests.Data;

public class ObjectLayersTests
{
    [Fact]
    public void Masks_that_overlap_stand_in_different_layers_and_others_share_one()
    {
        var (one, over, beside) = (AsciiMask.Parse("##.."), AsciiMask.Parse(".##."), AsciiMask.Parse("...#"));

        var layers = ObjectLayers.FromMasks(one.Size, [one, over, beside]);

        Assert.Equal([0, 1, 0], layers.Objects.Select(o => o.Layer));
        Assert.Equal([1, 1, 0, 3], layers.Layers[0].Select(id => (int)id));
        Assert.Equal([0, 2, 2, 0], layers.Layers[1].Select(id => (int)id));
    }

    [Fact]
    public void What_a_mask_claims_is_known_even_where_the_rest_is_not()
    {
        var (mask, unknown) = (AsciiMask.Parse("##.."), AsciiMask.Parse(".##."));

        var layers = ObjectLayers.FromMasks(mask.Size, [mask], unknown);

        Assert.Equal([1, 1, ObjectLayers.Void, 0], layers.Layers[0].Select(id => (int)id));
    }

    [Fact]
    public void Masks_of_another_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => ObjectLayers.FromMasks(new(4, 1), [new BinaryMask(5, 1)]));
}
