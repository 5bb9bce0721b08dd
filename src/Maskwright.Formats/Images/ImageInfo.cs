using Maskwright.Geometry;

namespace Maskwright.Formats.Images;

/// <summary>What an image file's header says.</summary>
/// <param name="Size">Width and height in pixels, upright: as they are after the EXIF orientation has been applied.</param>
/// <param name="Format">The format, by content.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 is upright as stored.</param>
/// <param name="Channels">Samples a pixel, alpha included; palettes count as the colours they stand for.</param>
/// <param name="BitsPerSample">Bits of a decoded sample: 8, 16, 32 or 64.</param>
/// <param name="HasAlpha">Whether one of the channels is alpha.</param>
/// <param name="HasColourProfile">Whether an ICC profile is embedded.</param>
/// <param name="Pages">Pages or frames in the file, at least 1; the first one is read.</param>
public sealed record ImageInfo(
    ImageSize Size, ImageFormat Format, int Orientation, int Channels, int BitsPerSample, bool HasAlpha, bool HasColourProfile, int Pages);
