using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>Mixes fills and contours into a photo, band by band.</summary>
internal sealed class OverlayPainting
{
    private const double HaloOpacity = 0.5; // of the dark line outside a mask that sets its contour off from a bright photo

    private readonly RgbImage _image;
    private readonly LabelMap _labels;
    private readonly ContourProfile _profile;
    private readonly OverlayColour[] _lines;
    private readonly Tint[] _fills;
    private readonly byte[] _result;

    public OverlayPainting(RgbImage image, LabelMap labels, OverlayColour[] colours, OverlayOptions options)
    {
        (_image, _labels) = (image, labels);
        _profile = new ContourProfile(options.ContourWidthPixels ?? DefaultContourWidth(image));
        var background = colours.Length == 0 ? 0 : options.BackgroundDimming;
        _fills = [new Tint(default, background), .. colours.Select(colour => new Tint(colour, options.FillOpacity))];
        _lines = [default, .. colours.Select(colour => colour.MixedWith(new OverlayColour(255, 255, 255), 0.1))];
        _result = new byte[image.Pixels.Length];
    }

    /// <summary>The picture; complete once every band is painted.</summary>
    public RgbImage Result => new(_image.Width, _image.Height, _result);

    /// <summary>Paints the rows from <paramref name="top"/> to before <paramref name="bottom"/>.</summary>
    public void Paint(int top, int bottom)
    {
        var contours = new ContourBand(_labels, _profile, top, bottom);
        var strengths = new byte[_image.Width];
        var isNear = new bool[(_image.Width + ContourBand.Block - 1) / ContourBand.Block];
        for (var y = top; y < bottom; y++)
        {
            contours.Shade(y, strengths, isNear);
            for (var block = 0; block < isNear.Length; block++)
            {
                var start = block * ContourBand.Block;
                var end = Math.Min(start + ContourBand.Block, _image.Width);
                PaintFill(y, start, end);
                if (isNear[block])
                {
                    PaintLine(y, start, end, strengths);
                }
            }
        }
    }

    // Two pixels of line, a pixel on each side of a border, at 1000 pixels; the line grows with the picture.
    private static double DefaultContourWidth(RgbImage image) => Math.Clamp(image.Size.LongestSide / 900.0, 1, 8);

    private void PaintFill(int y, int start, int end)
    {
        var labels = _labels.Row(y);
        var from = _image.Row(y);
        var to = ResultRow(y);
        for (var x = start; x < end; x++)
        {
            var fill = _fills[labels[x]];
            to[3 * x] = fill.Red(from[3 * x]);
            to[(3 * x) + 1] = fill.Green(from[(3 * x) + 1]);
            to[(3 * x) + 2] = fill.Blue(from[(3 * x) + 2]);
        }
    }

    private void PaintLine(int y, int start, int end, ReadOnlySpan<byte> strengths)
    {
        var labels = _labels.Row(y);
        var to = ResultRow(y);
        for (var x = start; x < end; x++)
        {
            var line = _lines[labels[x]];
            var opacity = labels[x] == 0 ? (int)(strengths[x] * HaloOpacity) : strengths[x];
            to[3 * x] = Mix(to[3 * x], line.Red, opacity);
            to[(3 * x) + 1] = Mix(to[(3 * x) + 1], line.Green, opacity);
            to[(3 * x) + 2] = Mix(to[(3 * x) + 2], line.Blue, opacity);
        }
    }

    private static byte Mix(byte from, byte to, int opacity) => (byte)(((from * (255 - opacity)) + (to * opacity) + 127) / 255);

    private Span<byte> ResultRow(int y) => _result.AsSpan(y * _image.Width * 3, _image.Width * 3);

    /// <summary>A colour and how much of it, ready for 8-bit mixing.</summary>
    private readonly struct Tint
    {
        private readonly int _keep;
        private readonly int _red;
        private readonly int _green;
        private readonly int _blue;

        public Tint(OverlayColour colour, double opacity)
        {
            var cover = (int)Math.Round(opacity * 256);
            _keep = 256 - cover;
            (_red, _green, _blue) = ((colour.Red * cover) + 128, (colour.Green * cover) + 128, (colour.Blue * cover) + 128);
        }

        public byte Red(byte photo) => (byte)(((photo * _keep) + _red) >> 8);

        public byte Green(byte photo) => (byte)(((photo * _keep) + _green) >> 8);

        public byte Blue(byte photo) => (byte)(((photo * _keep) + _blue) >> 8);
    }
}
