using Maskwright.Images;

namespace Maskwright.Formats.Overlays;

/// <summary>One picture of a contact sheet.</summary>
/// <param name="Picture">The picture; it is scaled to fit its tile, and stays as it is.</param>
/// <param name="Caption">The line below it.</param>
public sealed record ContactSheetTile(RgbImage Picture, string Caption)
{
    /// <summary>A second, fainter line; empty for none.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>Whether the tile is marked as something to look at.</summary>
    public bool IsMarked { get; init; }
}
