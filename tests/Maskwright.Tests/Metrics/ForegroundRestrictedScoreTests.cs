using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;
using Xunit;

namespace Maskwright.Tests.Metrics;

public class ForegroundRestrictedScoreTests
{
    // Six pixels of two true cells, a membrane between them.
    private static readonly LabelMap s_truth = Map(1, 1, 1, 1, 0, 2, 2);

    [Fact]
    public void The_truth_itself_scores_one()
    {
        var score = new ForegroundRestrictedScore(s_truth, s_truth);

        Assert.Equal([1, 1, 1, 1, 1, 1], Rounded(score));
    }

    [Fact]
    public void A_merge_is_counted_as_by_hand()
    {
        var score = new ForegroundRestrictedScore(s_truth, Map(7, 7, 7, 7, 7, 7, 7));

        // p = t = (4/6, 2/6), s = (1)
        var squares = 20 / 36.0;
        Assert.Equal(1, score.RandSplit, 1e-12);
        Assert.Equal(squares, score.RandMerge, 1e-12);
        Assert.Equal(2 * squares / (1 + squares), score.Rand, 1e-12);
        Assert.Equal([1.0, 0, 0], [score.InformationSplit, score.InformationMerge, score.Information]); // a single cell tells nothing
    }

    [Fact]
    public void A_split_is_counted_as_by_hand()
    {
        var score = new ForegroundRestrictedScore(s_truth, Map(1, 1, 3, 3, 0, 2, 2));

        // p = s = (1/3, 1/3, 1/3), t = (2/3, 1/3)
        Assert.Equal(0.6, score.RandSplit, 1e-12); // (3/9) / (5/9)
        Assert.Equal(1, score.RandMerge, 1e-12);
        Assert.Equal(0.75, score.Rand, 1e-12);
        var (truth, proposal) = (Math.Log2(3) - (2 / 3.0), Math.Log2(3)); // H(t), H(s); the truth follows from the proposal, I = H(t)
        Assert.Equal(truth / proposal, score.InformationSplit, 1e-12);
        Assert.Equal(1, score.InformationMerge, 1e-12);
        Assert.Equal(2 * truth / (truth + proposal), score.Information, 1e-12);
    }

    [Fact]
    public void Membrane_inside_a_true_cell_is_a_cell_a_pixel()
    {
        var score = new ForegroundRestrictedScore(s_truth, Map(1, 1, 0, 0, 0, 2, 2));
        var spelledOut = new ForegroundRestrictedScore(s_truth, Map(1, 1, 8, 9, 0, 2, 2));

        Assert.Equal(Rounded(spelledOut), Rounded(score));
        Assert.Equal(0.5, score.RandSplit, 1e-12); // (4 + 1 + 1 + 4) / (16 + 4)
    }

    [Fact]
    public void What_is_proposed_on_true_membrane_does_not_count()
    {
        var score = new ForegroundRestrictedScore(s_truth, Map(1, 1, 1, 1, 2, 2, 2));

        Assert.Equal(1, score.Rand, 1e-12);
    }

    [Fact]
    public void Other_sizes_and_truths_without_cells_are_refused()
    {
        Assert.Throws<ArgumentException>("proposal", () => new ForegroundRestrictedScore(s_truth, Map(1, 1)));
        Assert.Throws<ArgumentException>("truth", () => new ForegroundRestrictedScore(Map(0, 0), Map(1, 1)));
    }

    [Fact]
    public void Thinning_leaves_a_line_of_one_pixel_in_the_middle()
    {
        var thin = BorderThinning.Thin(Map(1, 0, 0, 0, 0, 0, 2));

        Assert.Equal([1, 1, 1, 0, 2, 2, 2], thin.Labels.ToArray());
    }

    [Fact]
    public void Thinning_fills_what_only_one_cell_reaches_and_keeps_cells_apart_over_shared_sides()
    {
        var cells = new LabelMap(new ImageSize(5, 4),
        [
            1, 1, 0, 2, 2,
            1, 0, 0, 0, 2,
            0, 0, 0, 0, 0,
            1, 0, 0, 0, 0,
        ]);

        var thin = BorderThinning.Thin(cells);

        for (var i = 0; i < 20; i++)
        {
            var (here, right, below) = (thin.Labels[i], i % 5 < 4 ? thin.Labels[i + 1] : 0, i < 15 ? thin.Labels[i + 5] : 0);
            Assert.True(here == 0 || ((right == 0 || right == here) && (below == 0 || below == here)));
        }

        Assert.Equal([1, 1, 0, 2, 2], thin.Row(1).ToArray());
        Assert.Equal(4, thin.Labels.ToArray().Count(label => label == 0));
        Assert.Equal([0, 0, 0], BorderThinning.Thin(Map(0, 0, 0)).Labels.ToArray());
    }

    [Fact]
    public void A_mask_becomes_cells_that_touch_over_sides_only()
    {
        var cells = CellMaps.Of(new LabelMap(new ImageSize(3, 2), [255, 0, 255, 0, 255, 255]));

        Assert.Equal([1, 0, 2, 0, 2, 2], cells.Labels.ToArray());
        Assert.Equal([5, 9, 0], CellMaps.Of(Map(5, 9, 0)).Labels.ToArray());
        Assert.Equal([0, 0, 1], CellMaps.Above(Map(10, 20, 30), 20).Labels.ToArray());
    }

    private static LabelMap Map(params int[] labels) => new(new ImageSize(labels.Length, 1), labels);

    private static double[] Rounded(ForegroundRestrictedScore s) =>
        [.. new[] { s.Rand, s.RandSplit, s.RandMerge, s.Information, s.InformationSplit, s.InformationMerge }.Select(v => Math.Round(v, 12))];
}
