namespace Maskwright.Masks;

/// <summary>Collects pieces of a mask in column-major order into run lengths, joining those that touch.</summary>
internal sealed class RunBuilder
{
    private readonly List<uint> _counts = [];
    private ulong _end;

    /// <summary>Adds the pixels start to end - 1; start must not lie before the end of the piece before.</summary>
    public void Add(ulong start, ulong end)
    {
        if (start == _end && _counts.Count > 0)
        {
            _counts[^1] += (uint)(end - start);
        }
        else
        {
            _counts.Add((uint)(start - _end));
            _counts.Add((uint)(end - start));
        }

        _end = end;
    }

    /// <summary>The run lengths of an image of so many pixels, outside first.</summary>
    public uint[] Finish(long pixelCount)
    {
        if (_end < (ulong)pixelCount)
        {
            _counts.Add((uint)((ulong)pixelCount - _end));
        }

        return [.. _counts];
    }
}
