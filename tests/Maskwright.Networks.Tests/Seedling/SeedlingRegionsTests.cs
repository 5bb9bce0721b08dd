using Maskwright.Geometry;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingRegionsTests
{
    private static readonly ImageSize s_cells = new(40, 30);

    [Fact]
    public void A_click_on_a_square_is_answered_by_the_square()
    {
        using var regions = SeedlingRegions.Of(TinySeedling.Square(160, 120));

        var told = regions.Answer([Prompt.Point(50, 37)], s_cells);

        Assert.Equal(SeedlingConfig.RegionAnswers * s_cells.PixelCount, told.Length);
        Assert.All(told, value => Assert.InRange(value, -1, 1));
        Assert.Contains(Enumerable.Range(0, SeedlingConfig.RegionAnswers), reading => At(told, reading, 12, 9) > 0.1f && At(told, reading, 39, 29) < -0.1f);
    }

    [Fact]
    public void Of_nothing_to_ask_about_nothing_is_told()
    {
        using var regions = SeedlingRegions.Of(TinySeedling.Square(160, 120));

        var told = regions.Answer([new Prompt(), Prompt.Point(50, 37, isPositive: false)], s_cells);

        Assert.All(told, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_large_image_and_its_small_copy_are_asked_in_their_own_pixels()
    {
        using var large = SeedlingRegions.Of(TinySeedling.Square(1280, 960));
        using var small = SeedlingRegions.Of(TinySeedling.Square(320, 240));

        var (told, same) = (large.Answer([Prompt.InBox(160, 120, 800, 600)], s_cells), small.Answer([Prompt.InBox(40, 30, 200, 150)], s_cells));

        var alike = told.Zip(same).Count(pair => pair.First > 0 == pair.Second > 0);
        Assert.InRange(alike, (int)(0.95 * told.Length), told.Length);
    }

    [Fact]
    public void Several_prompts_get_the_answers_they_get_alone()
    {
        using var regions = SeedlingRegions.Of(TinySeedling.Square(160, 120));
        Prompt[] prompts = [Prompt.Point(50, 37), Prompt.InBox(20, 15, 100, 75), Prompt.Point(150, 110)];

        var together = regions.Answer(prompts, s_cells);

        Assert.Equal(prompts.SelectMany(prompt => regions.Answer([prompt], s_cells)), together);
    }

    [Fact]
    public void Stops_when_it_is_told_to() =>
        Assert.Throws<OperationCanceledException>(() => SeedlingRegions.Of(TinySeedling.Square(160, 120), new CancellationToken(canceled: true)));

    private static float At(float[] told, int reading, int column, int row) => told[(reading * s_cells.PixelCount) + (row * s_cells.Width) + column];
}
