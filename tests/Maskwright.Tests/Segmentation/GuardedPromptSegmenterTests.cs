using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public sealed class GuardedPromptSegmenterTests
{
    private static readonly PredictionOptions s_one = new() { Multimask = false };

    [Fact]
    public void Keeps_the_earlier_mask_when_a_click_spoils_it()
    {
        using var guarded = new GuardedPromptSegmenter(Segmenter(first: 0.9f, later: 0.2f), new ClickGuardOptions { ImprintsClicks = false });
        using var embedding = guarded.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));
        var click = Prompt.Point(32, 32);
        var before = guarded.Predict(embedding, [click], s_one);

        var after = guarded.Predict(embedding, [click.AndPoint(50, 50) with { MaskHint = before.Logits(0, 0) }], s_one);

        Assert.Same(before.Logits(0, 0), after.Logits(0, 0));
        Assert.Equal(0.9f, after.Quality(0, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prefers_what_the_segmenter_prefers(bool prefers)
    {
        using var guarded = new GuardedPromptSegmenter(new DiscSegmenter { PrefersReadingsOfOneClick = prefers });

        Assert.Equal(prefers, guarded.PrefersReadingsOfOneClick);
    }

    [Theory]
    [InlineData(0.5f, 0.9f, 0.0)]
    [InlineData(0.9f, 0.88f, 0.05)]
    public void Takes_the_newer_mask_when_it_is_better_or_not_much_worse(float first, float later, double margin)
    {
        using var guarded = new GuardedPromptSegmenter(Segmenter(first, later), new ClickGuardOptions { Margin = margin, LeastGain = 0 });
        using var embedding = guarded.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));
        var click = Prompt.Point(32, 32);
        var before = guarded.Predict(embedding, [click], s_one);

        var after = guarded.Predict(embedding, [click.AndPoint(34, 34) with { MaskHint = before.Logits(0, 0) }], s_one);

        Assert.Equal(later, after.Quality(0, 0));
        Assert.NotSame(before.Logits(0, 0), after.Logits(0, 0));
    }

    [Fact]
    public void A_mask_that_contradicts_the_clicks_is_worth_less()
    {
        using var guarded = new GuardedPromptSegmenter(Segmenter(first: 0.9f, later: 0.7f), new ClickGuardOptions { DisagreementCost = 1 });
        using var embedding = guarded.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));
        var click = Prompt.Point(32, 32);
        var before = guarded.Predict(embedding, [click], s_one);

        // The new answer lies around the first point as the old one does; the clicks say that this is wrong for both.
        var after = guarded.Predict(embedding, [click with { Points = [new PromptPoint(2, 2), new PromptPoint(32, 32, false)], MaskHint = before.Logits(0, 0) }], s_one);

        Assert.Equal(0.7f, after.Quality(0, 0));
    }

    [Fact]
    public void Takes_only_the_change_at_the_click_when_the_newer_mask_is_hardly_better()
    {
        var older = Map("""
            ........
            .##...##
            .##...##
            ........
            """);
        var newer = Map("""
            ........
            .####...
            .####...
            ........
            """);

        var merged = LocalChange.Merge(older, newer, column: 4, row: 1, isPositive: true, threshold: 0)!;

        Assert.Equal(
            """
            ........
            .####.##
            .####.##
            ........
            """,
            Text(merged));
        Assert.Equal(Text(newer), Text(LocalChange.Merge(newer, newer, 4, 1, true, 0) ?? newer));
        Assert.Null(LocalChange.Merge(older, newer, column: 0, row: 3, isPositive: true, threshold: 0));
    }

    [Fact]
    public void A_click_beside_the_object_takes_away_and_adds_nothing()
    {
        var older = Map("""
            .####...
            .####...
            ........
            """);
        var newer = Map("""
            .##.....
            .##.....
            .######.
            """);

        var merged = LocalChange.Merge(older, newer, column: 4, row: 1, isPositive: false, threshold: 0)!;

        Assert.Equal(
            """
            .##.....
            .##.....
            ........
            """,
            Text(merged));
    }

    [Fact]
    public void Leaves_unknown_hints_and_several_masks_alone()
    {
        using var guarded = new GuardedPromptSegmenter(Segmenter(first: 0.9f, later: 0.2f));
        using var embedding = guarded.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));
        var click = Prompt.Point(32, 32);
        var before = guarded.Predict(embedding, [click], s_one);
        var stranger = new MaskLogits(before.Logits(0, 0).Values.ToArray(), before.Logits(0, 0).Width, before.Logits(0, 0).Height, before.Logits(0, 0).Frame);
        var more = click.AndPoint(50, 50);

        var unknown = guarded.Predict(embedding, [more with { MaskHint = stranger }], s_one);
        var several = guarded.Predict(embedding, [more with { MaskHint = before.Logits(0, 0) }], new PredictionOptions());

        Assert.Equal(0.2f, unknown.Quality(0, 0));
        Assert.Equal(0.2f, several.Quality(0, 0));
    }

    [Fact]
    public void Every_click_lies_on_its_side_of_the_mask_though_cells_are_coarse()
    {
        // 4 cells across 64 pixels: one row of cells is inside.
        using var guarded = new GuardedPromptSegmenter(new DiscSegmenter { Cells = 4, CanvasSide = 64, Radii = [1.2, 1.2, 1.2] });
        using var embedding = guarded.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));
        Prompt prompt = Prompt.Point(32, 32);
        PromptPoint[] more = [new(40, 12), new(36, 40, false), new(3, 60), new(0, 0)];

        foreach (var point in more)
        {
            prompt = prompt with { Points = [.. prompt.Points, point] };
            var mask = guarded.Decode(embedding, prompt, multimask: false)[0];
            prompt = prompt with { MaskHint = mask.Logits };

            var pixels = mask.Mask.ToBinaryMask();
            Assert.All(prompt.Points, click => Assert.Equal(click.IsPositive, pixels[(int)click.X, (int)click.Y]));
        }
    }

    [Fact]
    public void An_imprint_changes_a_spot_only_and_nothing_where_clicks_agree()
    {
        var map = Map("""
            ........
            .####...
            .####...
            ........
            """);

        var same = ClickImprint.Apply(map, [new PromptPoint(1, 1), new PromptPoint(7, 3, false)], 0);
        var corrected = ClickImprint.Apply(map, [new PromptPoint(1, 1), new PromptPoint(7, 0)], 0);

        Assert.Same(map, same);
        Assert.True(corrected.At(7.5, 0.5) > 0);
        Assert.Equal(map.At(1.5, 1.5), corrected.At(1.5, 1.5));
        Assert.Equal(map.At(0.5, 3.5), corrected.At(0.5, 3.5));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, double.NaN)]
    public void Refuses_settings_that_cannot_be_used(double cost, double margin) => Assert.Throws<ArgumentException>(
        () => new GuardedPromptSegmenter(Segmenter(1, 1), new ClickGuardOptions { DisagreementCost = cost, Margin = margin }));

    private static DiscSegmenter Segmenter(float first, float later)
    {
        var asked = 0;
        return new DiscSegmenter { Quality = (_, _, _) => asked++ == 0 ? first : later };
    }

    private static MaskLogits Map(string rows)
    {
        var lines = rows.Split('\n');
        return new MaskLogits(lines.SelectMany(line => line.Select(c => c == '#' ? 1f : -1f)).ToArray(), lines[0].Length, lines.Length, LogitFrame.Identity(new(lines[0].Length, lines.Length)));
    }

    private static string Text(MaskLogits logits) =>
        string.Join('\n', logits.Values.ToArray().Select(value => value > 0 ? '#' : '.').Chunk(logits.Width).Select(row => new string(row)));
}
