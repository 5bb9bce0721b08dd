namespace Maskwright.Formats.Overlays;

/// <summary>The cross-section of a contour line: how strongly it covers a pixel at each distance from the border.</summary>
internal sealed class ContourProfile
{
    private readonly byte[] _above;
    private readonly byte[] _beside;

    /// <summary>Makes the tables.</summary>
    /// <param name="widthPixels">How far the line reaches into a mask from its border; 0 for no line.</param>
    public ContourProfile(double widthPixels)
    {
        Reach = widthPixels <= 0 ? 0 : (int)Math.Ceiling(widthPixels + 0.5);
        _above = new byte[Reach + 1];
        _beside = new byte[(Reach + 1) * (Reach + 2)];
        for (var dy = 1; dy <= Reach; dy++)
        {
            _above[dy] = Strength(widthPixels, dy - 0.5);
        }

        for (var dy = 0; dy <= Reach; dy++)
        {
            for (var dx = 1; dx <= Reach; dx++)
            {
                _beside[(dy * (Reach + 2)) + dx] = Strength(widthPixels, Math.Sqrt(((dx - 0.5) * (dx - 0.5)) + (dy * dy)));
            }
        }
    }

    /// <summary>The line covers no pixel farther than this from another label.</summary>
    public int Reach { get; }

    /// <summary>The strength where another label begins <paramref name="dy"/> rows away in the same column.</summary>
    public byte Above(int dy) => _above[dy];

    /// <summary>The strength where, <paramref name="dy"/> rows away, another label begins <paramref name="dx"/> columns away.</summary>
    public byte Beside(int dy, byte dx) => _beside[(dy * (Reach + 2)) + dx];

    private static byte Strength(double width, double distance) => (byte)Math.Round(255 * Math.Clamp(width + 0.5 - distance, 0, 1));
}
