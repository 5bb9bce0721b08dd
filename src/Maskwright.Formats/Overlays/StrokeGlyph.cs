namespace Maskwright.Formats.Overlays;

/// <summary>The lines of one letter.</summary>
/// <param name="Width">Its width in units.</param>
/// <param name="Lines">Its centre lines as SVG path data; y 0 is the top of a capital, y 10 the base line.</param>
internal sealed record StrokeGlyph(float Width, string Lines);
