namespace Maskwright.PostProcessing;

/// <summary>One closed line along pixel edges, without crossing or touching itself.</summary>
public sealed class PixelRing
{
    private readonly PixelCorner[] _corners;

    internal PixelRing(ReadOnlySpan<PixelCorner> corners)
    {
        _corners = corners.ToArray();
        var previous = _corners[^1];
        foreach (var corner in _corners)
        {
            SignedArea += (long)previous.X * corner.Y - ((long)corner.X * previous.Y);
            previous = corner;
        }

        SignedArea /= 2;
    }

    /// <summary>The corners where the line turns, at least four; the last is joined to the first, which is not repeated. Edges are alternately
    /// horizontal and vertical; the mask lies to their right hand, with y pointing down.</summary>
    public ReadOnlySpan<PixelCorner> Corners => _corners;

    /// <summary>The pixels that the ring encloses; positive for an outer ring (clockwise as seen), negative for a hole.</summary>
    public long SignedArea { get; }

    /// <summary>Whether the ring encloses what does not belong to the mask.</summary>
    public bool IsHole => SignedArea < 0;
}
