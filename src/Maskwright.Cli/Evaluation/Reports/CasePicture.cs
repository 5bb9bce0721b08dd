using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>Draws what was wanted and what was found over a part of an image: outlines, and a tint where they differ.</summary>
internal sealed class CasePicture
{
    /// <summary>The outline of the truth, and the tint of what is missing.</summary>
    public static readonly (byte Red, byte Green, byte Blue) TruthColour = (0, 205, 255);

    /// <summary>The outline of the prediction, and the tint of what is too much.</summary>
    public static readonly (byte Red, byte Green, byte Blue) PredictionColour = (255, 122, 20);

    private const int Side = 360, MaxScale = 8, MinFocus = 40, DotRadius = 5;
    private const double Tint = 0.32, Margin = 0.3, WholeShare = 0.5;

    private readonly PixelRect _focus;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _pixels;

    private CasePicture(RgbImage? image, ImageSize size, PixelRect focus)
    {
        _focus = focus;
        var scale = Math.Min(MaxScale, (double)Side / Math.Max(focus.Width, focus.Height));
        (_width, _height) = (Math.Max(1, (int)Math.Round(focus.Width * scale)), Math.Max(1, (int)Math.Round(focus.Height * scale)));
        if (image is null)
        {
            _pixels = new byte[_width * _height * 3];
            Array.Fill(_pixels, (byte)58);
            return;
        }

        var area = new PixelBox(focus.X, focus.Y, focus.Right, focus.Bottom);
        _pixels = PillowResize.Resize(image.Size == size ? image : throw new ArgumentException("The image has another size than its masks."), new ImageSize(_width, _height), area).Pixels.ToArray();
    }

    /// <summary>Draws two masks.</summary>
    /// <param name="image">The image; null for a plain ground.</param>
    /// <param name="truth">What was wanted.</param>
    /// <param name="prediction">What was found.</param>
    /// <param name="prompt">What was asked; null for nothing.</param>
    public static RgbImage Of(RgbImage? image, BinaryMask truth, BinaryMask prediction, Prompt? prompt = null)
    {
        var picture = new CasePicture(image, truth.Size, Focus(truth, prediction));
        picture.Paint((x, y) => truth[x, y] ? 1 : 0, (x, y) => prediction[x, y] ? 1 : 0, null);
        picture.Paint(prompt);
        return picture.Result;
    }

    /// <summary>Draws two label maps whole: the borders of both, and a tint where labels differ.</summary>
    /// <param name="image">The image; null for a plain ground.</param>
    /// <param name="truth">What was wanted.</param>
    /// <param name="prediction">What was found.</param>
    /// <param name="ignored">The true label of pixels that do not count; null for none.</param>
    public static RgbImage OfLabels(RgbImage? image, LabelMap truth, LabelMap prediction, int? ignored)
    {
        var picture = new CasePicture(image, truth.Size, truth.Size.Bounds);
        picture.Paint((x, y) => truth.Row(y)[x], (x, y) => prediction.Row(y)[x], ignored);
        return picture.Result;
    }

    /// <summary>Draws thin lines over a whole image: those wanted, and those found.</summary>
    /// <param name="image">The image; null for a plain ground.</param>
    /// <param name="truth">The lines wanted.</param>
    /// <param name="prediction">The lines found.</param>
    public static RgbImage OfLines(RgbImage? image, BinaryMask truth, BinaryMask prediction)
    {
        var picture = new CasePicture(image, truth.Size, truth.Size.Bounds);
        picture.PaintLine(truth, TruthColour);
        picture.PaintLine(prediction, PredictionColour);
        return picture.Result;
    }

    private RgbImage Result => new(_width, _height, _pixels);

    // The object with some margin; what was found beyond that is shown as far as it goes, but never at more than three times the object's size.
    private static PixelRect Focus(BinaryMask truth, BinaryMask prediction)
    {
        var (wanted, found) = (truth.Bounds(), prediction.Bounds());
        var centre = wanted.IsEmpty ? found : wanted;
        if (centre.IsEmpty)
        {
            return truth.Size.Bounds;
        }

        var reach = (int)Math.Max(MinFocus / 2, Margin * Math.Max(centre.Width, centre.Height));
        var most = Math.Max(reach, Math.Max(centre.Width, centre.Height));
        int Spread(int beyond) => Math.Clamp(beyond + reach, reach, most);
        var left = Math.Max(0, centre.X - (found.IsEmpty ? reach : Spread(centre.X - found.X)));
        var top = Math.Max(0, centre.Y - (found.IsEmpty ? reach : Spread(centre.Y - found.Y)));
        var right = Math.Min(truth.Width, centre.Right + (found.IsEmpty ? reach : Spread(found.Right - centre.Right)));
        var bottom = Math.Min(truth.Height, centre.Bottom + (found.IsEmpty ? reach : Spread(found.Bottom - centre.Bottom)));
        var focus = new PixelRect(left, top, right - left, bottom - top);
        return focus.Area > WholeShare * truth.Size.PixelCount ? truth.Size.Bounds : focus;
    }

    private void Paint(Func<int, int, int> truth, Func<int, int, int> prediction, int? ignored)
    {
        var (wanted, found) = (Sample(truth), Sample(prediction));
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                var at = (y * _width) + x;
                if (wanted[at] != found[at] && wanted[at] != ignored)
                {
                    Blend(at, wanted[at] != 0 ? TruthColour : PredictionColour, Tint);
                }
            }
        }

        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                var (isWanted, isFound) = (IsBorder(wanted, x, y), IsBorder(found, x, y));
                if (isWanted || isFound)
                {
                    var isDash = ((x + y) / 6 & 1) == 0; // where both run together they take turns
                    Blend((y * _width) + x, isFound && (!isWanted || isDash) ? PredictionColour : TruthColour, 1);
                }
            }
        }
    }

    // Forward, so that a line that is thinner than a pixel of the picture is not lost.
    private void PaintLine(BinaryMask line, (byte Red, byte Green, byte Blue) colour)
    {
        for (var y = 0; y < line.Height; y++)
        {
            for (var x = 0; x < line.Width; x++)
            {
                if (line[x, y])
                {
                    Blend((y * _height / line.Height * _width) + (x * _width / line.Width), colour, 0.85);
                }
            }
        }
    }

    private void Paint(Prompt? prompt)
    {
        foreach (var point in prompt?.Points ?? [])
        {
            Dot((point.X - _focus.X) * _width / _focus.Width, (point.Y - _focus.Y) * _height / _focus.Height, point.IsPositive ? ((byte)40, (byte)220, (byte)90) : ((byte)235, (byte)50, (byte)60));
        }
    }

    private void Dot(double centreX, double centreY, (byte Red, byte Green, byte Blue) colour)
    {
        for (var y = Math.Max(0, (int)centreY - DotRadius - 2); y < Math.Min(_height, centreY + DotRadius + 2); y++)
        {
            for (var x = Math.Max(0, (int)centreX - DotRadius - 2); x < Math.Min(_width, centreX + DotRadius + 2); x++)
            {
                var distance = Math.Sqrt(Math.Pow(x + 0.5 - centreX, 2) + Math.Pow(y + 0.5 - centreY, 2));
                if (distance <= DotRadius)
                {
                    Blend((y * _width) + x, distance > DotRadius - 1.6 ? ((byte)255, (byte)255, (byte)255) : colour, 1);
                }
            }
        }
    }

    private int[] Sample(Func<int, int, int> at)
    {
        var values = new int[_width * _height];
        for (var y = 0; y < _height; y++)
        {
            var fromY = Math.Min(_focus.Bottom - 1, _focus.Y + (int)((y + 0.5) * _focus.Height / _height));
            for (var x = 0; x < _width; x++)
            {
                values[(y * _width) + x] = at(Math.Min(_focus.Right - 1, _focus.X + (int)((x + 0.5) * _focus.Width / _width)), fromY);
            }
        }

        return values;
    }

    private bool IsBorder(int[] values, int x, int y)
    {
        var own = values[(y * _width) + x];
        return (x > 0 && values[(y * _width) + x - 1] != own) || (x + 1 < _width && values[(y * _width) + x + 1] != own)
            || (y > 0 && values[((y - 1) * _width) + x] != own) || (y + 1 < _height && values[((y + 1) * _width) + x] != own);
    }

    private void Blend(int at, (byte Red, byte Green, byte Blue) colour, double share)
    {
        _pixels[3 * at] = (byte)((_pixels[3 * at] * (1 - share)) + (colour.Red * share));
        _pixels[(3 * at) + 1] = (byte)((_pixels[(3 * at) + 1] * (1 - share)) + (colour.Green * share));
        _pixels[(3 * at) + 2] = (byte)((_pixels[(3 * at) + 2] * (1 - share)) + (colour.Blue * share));
    }
}
