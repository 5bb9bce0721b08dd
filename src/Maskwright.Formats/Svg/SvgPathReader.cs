using System.Globalization;
using Maskwright.Geometry;

namespace Maskwright.Formats.Svg;

/// <summary>Reads the <c>d</c> of a path as closed rings; curves and arcs become chords.</summary>
/// <remarks>SVG 1.1, section 8.3. A stretch that is not closed is closed, as filling does.</remarks>
internal ref struct SvgPathReader(string text)
{
    private const int ChordsOfCurve = 24;

    private readonly string _text = text;
    private readonly List<List<PixelPoint>> _rings = [];
    private int _at;
    private PixelPoint _start;
    private PixelPoint _here;
    private PixelPoint _control;
    private char _last;

    /// <summary>Reads all rings of at least three corners.</summary>
    /// <exception cref="FormatException">The text is no path; the message says at which character.</exception>
    public static List<PixelPoint[]> Read(string text)
    {
        var reader = new SvgPathReader(text);
        reader.ReadAll();
        return [.. reader._rings.Select(Closed).Where(ring => ring.Length >= 3)];
    }

    private static PixelPoint[] Closed(List<PixelPoint> ring) => ring.Count > 1 && ring[^1] == ring[0] ? [.. ring.SkipLast(1)] : [.. ring];

    private void ReadAll()
    {
        var command = '\0';
        while (true)
        {
            SkipGap();
            if (_at == _text.Length)
            {
                return;
            }

            if (char.IsAsciiLetter(_text[_at]))
            {
                command = _text[_at++];
            }
            else if (command is '\0' or 'z' or 'Z')
            {
                throw Fault("a command was expected");
            }

            if (_last == '\0' && command is not ('M' or 'm'))
            {
                throw Fault("a path begins with M");
            }

            Do(command);
            _last = char.ToUpperInvariant(command);
            command = command switch { 'M' => 'L', 'm' => 'l', _ => command };
        }
    }

    private void Do(char command)
    {
        var origin = char.IsLower(command) ? _here : default;
        switch (char.ToUpperInvariant(command))
        {
            case 'M':
                _here = _start = Point(origin);
                _rings.Add([_here]);
                break;
            case 'Z':
                _here = _start;
                _rings.Add([_start]);
                break;
            case 'L':
                LineTo(Point(origin));
                break;
            case 'H':
                LineTo(new(origin.X + Number(), _here.Y));
                break;
            case 'V':
                LineTo(new(_here.X, origin.Y + Number()));
                break;
            case 'C':
                Cubic(Point(origin), Point(origin), Point(origin));
                break;
            case 'S':
                Cubic(Mirrored('C', 'S'), Point(origin), Point(origin));
                break;
            case 'Q':
                Quadratic(Point(origin), Point(origin));
                break;
            case 'T':
                Quadratic(Mirrored('Q', 'T'), Point(origin));
                break;
            case 'A':
                Arc(Number(), Number(), Number(), Flag(), Flag(), Point(origin));
                break;
            default:
                throw Fault($"'{command}' is no command");
        }
    }

    private void LineTo(PixelPoint to)
    {
        _rings[^1].Add(to);
        _here = to;
    }

    private readonly PixelPoint Mirrored(char one, char other) => _last == one || _last == other ? new((2 * _here.X) - _control.X, (2 * _here.Y) - _control.Y) : _here;

    private void Cubic(PixelPoint a, PixelPoint b, PixelPoint to)
    {
        var from = _here;
        for (var i = 1; i < ChordsOfCurve; i++)
        {
            var t = (double)i / ChordsOfCurve;
            var (p, q, r, s) = ((1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
            LineTo(new((p * from.X) + (q * a.X) + (r * b.X) + (s * to.X), (p * from.Y) + (q * a.Y) + (r * b.Y) + (s * to.Y)));
        }

        LineTo(to);
        _control = b;
    }

    private void Quadratic(PixelPoint control, PixelPoint to)
    {
        var from = _here;
        Cubic(
            new(from.X + (2.0 / 3 * (control.X - from.X)), from.Y + (2.0 / 3 * (control.Y - from.Y))),
            new(to.X + (2.0 / 3 * (control.X - to.X)), to.Y + (2.0 / 3 * (control.Y - to.Y))),
            to);
        _control = control;
    }

    // SVG 1.1, appendix F.6.5: from end points to centre and angles.
    private void Arc(double radiusX, double radiusY, double degrees, bool isLarge, bool isPositive, PixelPoint to)
    {
        var (rx, ry) = (Math.Abs(radiusX), Math.Abs(radiusY));
        if (rx == 0 || ry == 0 || to == _here)
        {
            LineTo(to);
            return;
        }

        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (dx, dy) = ((_here.X - to.X) / 2, (_here.Y - to.Y) / 2);
        var (x, y) = ((cos * dx) + (sin * dy), (cos * dy) - (sin * dx));
        var stretch = Math.Sqrt(Math.Max(1, (x * x / (rx * rx)) + (y * y / (ry * ry))));
        (rx, ry) = (rx * stretch, ry * stretch);
        var square = Math.Max(0, ((rx * rx * ry * ry) - (rx * rx * y * y) - (ry * ry * x * x)) / ((rx * rx * y * y) + (ry * ry * x * x)));
        var factor = (isLarge == isPositive ? -1 : 1) * Math.Sqrt(square);
        var (cx, cy) = (factor * rx * y / ry, -factor * ry * x / rx);
        var centre = new PixelPoint((cos * cx) - (sin * cy) + ((_here.X + to.X) / 2), (sin * cx) + (cos * cy) + ((_here.Y + to.Y) / 2));
        var first = Math.Atan2((y - cy) / ry, (x - cx) / rx);
        var sweep = Math.Atan2((-y - cy) / ry, (-x - cx) / rx) - first;
        sweep += isPositive ? (sweep < 0 ? 2 * Math.PI : 0) : (sweep > 0 ? -2 * Math.PI : 0);
        for (var i = 1; i < 2 * ChordsOfCurve; i++)
        {
            var (s, c) = Math.SinCos(first + (sweep * i / (2 * ChordsOfCurve)));
            LineTo(new(centre.X + (cos * rx * c) - (sin * ry * s), centre.Y + (sin * rx * c) + (cos * ry * s)));
        }

        LineTo(to);
    }

    private PixelPoint Point(PixelPoint origin)
    {
        var x = Number();
        return new(origin.X + x, origin.Y + Number());
    }

    private bool Flag()
    {
        SkipGap();
        return _at < _text.Length && _text[_at] is '0' or '1' ? _text[_at++] == '1' : throw Fault("a flag of 0 or 1 was expected");
    }

    // Numbers may follow one another without a gap: "1.5.5-3" is 1.5, 0.5 and -3.
    private double Number()
    {
        SkipGap();
        var from = _at;
        if (_at < _text.Length && _text[_at] is '+' or '-')
        {
            _at++;
        }

        SkipDigits();
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            SkipDigits();
        }

        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            _at += _at + 1 < _text.Length && _text[_at + 1] is '+' or '-' ? 2 : 1;
            SkipDigits();
        }

        return double.TryParse(_text.AsSpan(from, _at - from), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw Fault("a number was expected");
    }

    private void SkipDigits()
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }
    }

    private void SkipGap()
    {
        while (_at < _text.Length && _text[_at] is ' ' or ',' or '\t' or '\n' or '\r' or '\f')
        {
            _at++;
        }
    }

    private readonly FormatException Fault(string reason) => new($"'d' is no path: {reason} at character {_at + 1}");
}
