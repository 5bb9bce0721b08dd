using Maskwright.Formats.Overlays;
using Maskwright.Images;
using Xunit;

namespace Maskwright.Formats.Tests.Overlays;

public sealed class ContactSheetTests
{
    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(1, 5, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 5, 2)]
    [InlineData(7, 2, 4)]
    public void Grows_by_rows_of_tiles(int tiles, int columns, int rows)
    {
        var empty = ContactSheet.Render("title", [], columns);
        var sheet = ContactSheet.Render("title", [.. Enumerable.Range(0, tiles).Select(i => Tile($"tile {i}"))], columns);

        Assert.Equal(empty.Width, sheet.Width);
        Assert.True(sheet.Width > columns * ContactSheet.TileSidePixels);
        Assert.Equal(rows, (sheet.Height - empty.Height) / (ContactSheet.TileSidePixels + 52));
    }

    [Fact]
    public void Shows_each_picture_whole_in_its_own_colours()
    {
        var sheet = ContactSheet.Render("", [Tile("", 480, 120, 200), Tile("", 30, 90, 90)], 2);

        Assert.Equal(ContactSheet.TileSidePixels * 60, Count(sheet, 200));
        Assert.Equal(80 * ContactSheet.TileSidePixels, Count(sheet, 90));
    }

    [Fact]
    public void Marks_what_to_look_at()
    {
        var plain = ContactSheet.Render("", [Tile("x")], 1);
        var marked = ContactSheet.Render("", [Tile("x") with { IsMarked = true }], 1);

        Assert.Equal(0, Reds(plain));
        Assert.True(Reds(marked) > 4 * 200);
    }

    [Fact]
    public void Captions_that_are_too_long_are_shortened_in_their_middle()
    {
        var name = string.Concat(Enumerable.Repeat("folder/", 30)) + "photo.jpg";

        var fitted = StrokeText.Fit(name, 9, ContactSheet.TileSidePixels);

        Assert.InRange(StrokeText.Width(fitted, 9), 150, ContactSheet.TileSidePixels);
        Assert.StartsWith("folder/", fitted, StringComparison.Ordinal);
        Assert.EndsWith("photo.jpg", fitted, StringComparison.Ordinal);
        Assert.Equal("short.jpg", StrokeText.Fit("short.jpg", 9, ContactSheet.TileSidePixels));
    }

    [Fact]
    public void Every_character_of_ordinary_text_has_lines_of_its_own() =>
        Assert.All(Enumerable.Range(33, 94), c => Assert.NotSame(StrokeGlyphs.Unknown, StrokeGlyphs.Of((char)c)));

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    public void Refuses_a_number_of_columns_that_makes_no_sheet(int columns) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ContactSheet.Render("", [], columns));

    private static ContactSheetTile Tile(string caption, int width = 40, int height = 40, byte grey = 100)
    {
        var pixels = new byte[width * height * 3];
        pixels.AsSpan().Fill(grey);
        return new ContactSheetTile(new RgbImage(width, height, pixels), caption);
    }

    private static int Count(RgbImage sheet, byte grey) => Pixels(sheet).Count(p => p == (grey, grey, grey));

    private static int Reds(RgbImage sheet) => Pixels(sheet).Count(p => p.R > p.G + 80 && p.R > p.B + 80);

    private static IEnumerable<(byte R, byte G, byte B)> Pixels(RgbImage sheet)
    {
        var all = sheet.Pixels.ToArray();
        for (var i = 0; i < all.Length; i += 3)
        {
            yield return (all[i], all[i + 1], all[i + 2]);
        }
    }
}
