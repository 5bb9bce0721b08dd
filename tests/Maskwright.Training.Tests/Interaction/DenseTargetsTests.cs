using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Xunit;

namespace Maskwright.Training.Tests.Interaction;

public class DenseTargetsTests
{
    private const int Side = 32;

    [Fact]
    public void Edges_are_boundaries_and_middles_are_objects()
    {
        var dense = DenseTargets.Of(HalfAndHalf(1, 2, isExhaustive: true));

        Assert.All(Enumerable.Range(0, 8), y => Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0], dense.Boundary.Skip(y * 8).Take(8)));
        Assert.Equal([1, 0.5f, 0.5f, 1], dense.Objectness.Take(4).Select(v => v > 0.8f ? 1 : 0.5f));
        Assert.All(dense.BoundaryKnown, known => Assert.Equal(1, known));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Empty_ground_is_known_only_where_all_objects_are_labelled(bool isExhaustive, float known)
    {
        var dense = DenseTargets.Of(HalfAndHalf(1, ObjectLayers.Nothing, isExhaustive));

        Assert.Equal(known, dense.ObjectnessKnown[3]);
        Assert.Equal(known, dense.BoundaryKnown[7]);
        Assert.Equal(1, dense.BoundaryKnown[3]);
    }

    [Fact]
    public void Void_is_never_known()
    {
        var dense = DenseTargets.Of(HalfAndHalf(1, ObjectLayers.Void, true));

        Assert.Equal(0, dense.ObjectnessKnown[3]);
        Assert.Equal(0, dense.BoundaryKnown[5]);
    }

    private static TrainingCrop HalfAndHalf(ushort left, ushort right, bool isExhaustive) =>
        new(Side, new byte[Side * Side * 3], [[.. Enumerable.Range(0, Side * Side).Select(i => i % Side < Side / 2 ? left : right)]], isExhaustive);
}
