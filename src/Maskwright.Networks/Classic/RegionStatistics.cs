using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>What is known of a region without its pixels; two regions add up.</summary>
internal sealed class RegionStatistics
{
    private readonly float[] _cues = new float[CueHistograms.Bins];

    /// <summary>Pixels.</summary>
    public int Area { get; private set; }

    /// <summary>Sides of pixels that lie on the image's edge.</summary>
    public int FrameContact { get; private set; }

    /// <summary>First column.</summary>
    public int Left { get; private set; } = int.MaxValue;

    /// <summary>First row.</summary>
    public int Top { get; private set; } = int.MaxValue;

    /// <summary>Last column.</summary>
    public int Right { get; private set; } = -1;

    /// <summary>Last row.</summary>
    public int Bottom { get; private set; } = -1;

    /// <summary>Sum of the boundary strength over its pixels.</summary>
    public float Unrest { get; private set; }

    /// <summary>Pixels of the smallest rectangle around it.</summary>
    public int BoxArea => (Right - Left + 1) * (Bottom - Top + 1);

    /// <summary>Sum of the histograms of its pixels, 32 bins.</summary>
    public ReadOnlySpan<float> Cues => _cues;

    /// <summary>Takes a pixel in.</summary>
    public void Add(int x, int y, ReadOnlySpan<byte> cues, float boundary, ImageSize size)
    {
        Area++;
        Unrest += boundary;
        FrameContact += (x == 0 ? 1 : 0) + (y == 0 ? 1 : 0) + (x == size.Width - 1 ? 1 : 0) + (y == size.Height - 1 ? 1 : 0);
        Widen(x, y, x, y);
        for (var i = 0; i < _cues.Length; i += Vector256<float>.Count)
        {
            (Vector256.LoadUnsafe(ref _cues[i]) + Eight(cues, i)).StoreUnsafe(ref _cues[i]);
        }
    }

    /// <summary>The statistics of the union of two regions that share no pixel.</summary>
    public static RegionStatistics Union(RegionStatistics one, RegionStatistics other)
    {
        var union = new RegionStatistics
        {
            Area = one.Area + other.Area,
            FrameContact = one.FrameContact + other.FrameContact,
            Unrest = one.Unrest + other.Unrest,
        };
        union.Widen(one.Left, one.Top, one.Right, one.Bottom);
        union.Widen(other.Left, other.Top, other.Right, other.Bottom);
        for (var i = 0; i < union._cues.Length; i += Vector256<float>.Count)
        {
            (Vector256.LoadUnsafe(ref one._cues[i]) + Vector256.LoadUnsafe(ref other._cues[i])).StoreUnsafe(ref union._cues[i]);
        }

        return union;
    }

    private static Vector256<float> Eight(ReadOnlySpan<byte> cues, int start)
    {
        var shorts = Vector128.WidenLower(Vector128.CreateScalar(MemoryMarshal.Read<ulong>(cues[start..])).AsByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)).AsInt32());
    }

    private void Widen(int left, int top, int right, int bottom)
    {
        (Left, Top) = (Math.Min(Left, left), Math.Min(Top, top));
        (Right, Bottom) = (Math.Max(Right, right), Math.Max(Bottom, bottom));
    }
}
