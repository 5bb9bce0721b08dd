using Maskwright.Geometry;

namespace Maskwright.Training.Data;

/// <summary>How far an object reaches in a crop, while its pixels are counted.</summary>
internal sealed class CropExtent(int firstX, int firstY)
{
    private int _left = firstX;
    private readonly int _top = firstY;
    private int _right = firstX;
    private int _bottom = firstY;

    public long Area { get; private set; }

    public PixelRect Bounds => new(_left, _top, _right - _left + 1, _bottom - _top + 1);

    public void Add(int x, int y)
    {
        Area++;
        (_left, _right, _bottom) = (Math.Min(_left, x), Math.Max(_right, x), y);
    }
}
