using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class StrayPiecesTests
{
    private static readonly LogitFrame s_frame = LogitFrame.Identity(new ImageSize(80, 40));

    [Fact]
    public void Only_the_clicked_piece_and_sure_ones_stay()
    {
        var logits = Map("11..1.9.", "11..1.11", ".......1", "1.......");

        StrayPieces.Drop(logits, new ImageSize(8, 4), Prompt.Point(15, 5), s_frame, 0);

        Assert.Equal(["##....#.", "##....##", ".......#", "........"], Rows(logits));
        Assert.Equal(-1, logits[4]);
    }

    [Fact]
    public void Pieces_that_touch_at_a_corner_are_one()
    {
        var logits = Map("1.......", ".1......", "........", "........");

        StrayPieces.Drop(logits, new ImageSize(8, 4), Prompt.Point(1, 1), s_frame, 0);

        Assert.Equal(["#.......", ".#......", "........", "........"], Rows(logits));
    }

    [Fact]
    public void A_mask_that_no_positive_click_touches_stays()
    {
        float[] clicked = Map("1.1.....", "........", "........", "........"), denied = [.. clicked];

        StrayPieces.Drop(clicked, new ImageSize(8, 4), Prompt.Point(75, 35), s_frame, 0);
        StrayPieces.Drop(denied, new ImageSize(8, 4), new Prompt { Points = [new PromptPoint(1, 1, false)] }, s_frame, 0);

        Assert.All([clicked, denied], logits => Assert.Equal("#.#.....", Rows(logits)[0]));
    }

    [Fact]
    public void Of_a_boxed_mask_only_crumbs_go_however_sure_they_are()
    {
        var box = new Prompt { Box = new PixelBox(0, 0, 80, 40) };
        float[] one = Map("111111.9", "111111..", "111111.1", "11111..1"), two = Map("11111...", "11111..9", "11111...", "11111..."), none = Map("........", "........", "........", "........");

        StrayPieces.Drop(one, new ImageSize(8, 4), box, s_frame, 0);
        StrayPieces.Drop(two, new ImageSize(8, 4), box, s_frame, 0);
        StrayPieces.Drop(none, new ImageSize(8, 4), box, s_frame, 0);

        Assert.Equal(["######..", "######..", "######.#", "#####..#"], Rows(one));
        Assert.Equal("#####..#", Rows(two)[1]);
        Assert.DoesNotContain('#', string.Concat(Rows(none)));
    }

    [Fact]
    public void With_a_box_and_a_click_the_click_decides()
    {
        var logits = Map("1.....9.", "........", "....1...", "........");

        StrayPieces.Drop(logits, new ImageSize(8, 4), new Prompt { Box = new PixelBox(0, 0, 80, 40), Points = [new PromptPoint(5, 5)] }, s_frame, 0);

        Assert.Equal(["#.....#.", "........", "........", "........"], Rows(logits));
    }

    private static float[] Map(params string[] rows) => [.. rows.SelectMany(row => row.Select(c => c == '.' ? -3f : c - '0'))];

    private static string[] Rows(float[] logits) => [.. logits.Chunk(8).Select(row => new string([.. row.Select(value => value > 0 ? '#' : '.')]))];
}
