using Maskwright.Networks.Classic;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

public class RegionTreeTests
{
    [Fact]
    public void A_border_ends_in_the_smallest_region_that_holds_both_of_its_sides()
    {
        using var embedding = ClassicEmbedding.Of(TestScenes.Photo(120, 90), new ClassicOptions(), CancellationToken.None);

        foreach (var tree in embedding.Trees)
        {
            Assert.Equal(embedding.Graph.Borders.Select(border => tree.CommonAncestor(border.One, border.Other)), tree.BorderEnds);
        }
    }
}
