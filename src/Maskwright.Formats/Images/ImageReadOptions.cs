namespace Maskwright.Formats.Images;

/// <summary>How images are read.</summary>
public sealed record ImageReadOptions
{
    /// <summary>The default of <see cref="MaxPixels"/>: 256 million.</summary>
    public const long DefaultMaxPixels = 256_000_000;

    /// <summary>The most that <see cref="MaxPixels"/> can be: what one array can hold.</summary>
    public const long LargestMaxPixels = 0x7FFFFFC7 / 3;

    /// <summary>Options with every default.</summary>
    public static ImageReadOptions Default { get; } = new();

    /// <summary>The largest number of pixels that is decoded; checked against the header before any memory is taken. 1 to <see cref="LargestMaxPixels"/>.</summary>
    public long MaxPixels { get; init; } = DefaultMaxPixels;

    /// <summary>Whether the image is turned upright as its EXIF orientation says; default true.</summary>
    public bool ApplyOrientation { get; init; } = true;

    /// <summary>
    /// Whether colours are converted from the embedded ICC profile to sRGB; default true. A profile that changes no colour by more than 2 of 255
    /// counts as sRGB and leaves the pixels alone; one that is damaged or does not fit the image is ignored.
    /// </summary>
    public bool ApplyColourProfile { get; init; } = true;

    /// <summary>The sRGB colour that shows through transparent pixels; null drops the alpha channel and keeps the colour stored under it, as Pillow and OpenCV do.</summary>
    public (byte Red, byte Green, byte Blue)? Background { get; init; }

    /// <summary>How samples of more than 8 bit become 8 bit; default <see cref="SampleScaling.FullRange"/>.</summary>
    public SampleScaling Scaling { get; init; }

    /// <summary>Whether a truncated or damaged image is accepted as far as it can be decoded, the rest grey or black; default false.</summary>
    public bool AllowDamaged { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPixels, LargestMaxPixels);
        if (!Enum.IsDefined(Scaling))
        {
            throw new ArgumentOutOfRangeException(nameof(Scaling), Scaling, "Not a way of scaling samples.");
        }
    }
}
