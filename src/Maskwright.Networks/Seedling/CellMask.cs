using System.Numerics;
using Maskwright.Masks;

namespace Maskwright.Networks.Seedling;

/// <summary>A mask on the cells of a logit map, to be compared with many others.</summary>
internal sealed class CellMask
{
    private readonly ulong[] _words;

    private CellMask(ulong[] words, int area, double stability) => (_words, Area, Stability) = (words, area, stability);

    /// <summary>Cells inside.</summary>
    public int Area { get; }

    /// <summary>Cells above a higher cut over those above a lower one; 0 where there are none.</summary>
    public double Stability { get; }

    public bool this[int cell] => (_words[cell >> 6] >> (cell & 63) & 1) != 0;

    public static CellMask Of(MaskLogits logits, double threshold, double offset)
    {
        var values = logits.Values.Span;
        var words = new ulong[(values.Length + 63) / 64];
        var (area, narrow, wide) = (0, 0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] - threshold;
            narrow += value > offset ? 1 : 0;
            wide += value > -offset ? 1 : 0;
            if (value > 0)
            {
                words[i >> 6] |= 1UL << (i & 63);
                area++;
            }
        }

        return new CellMask(words, area, wide == 0 ? 0 : (double)narrow / wide);
    }

    /// <param name="cells">Whether each cell is inside.</param>
    /// <param name="stability">As said by whoever knows it.</param>
    public static CellMask Of(ReadOnlySpan<bool> cells, double stability)
    {
        var words = new ulong[(cells.Length + 63) / 64];
        for (var i = 0; i < cells.Length; i++)
        {
            words[i >> 6] |= (cells[i] ? 1UL : 0) << (i & 63);
        }

        return new CellMask(words, cells.Count(true), stability);
    }

    public double Iou(CellMask other)
    {
        var shared = 0;
        for (var i = 0; i < _words.Length; i++)
        {
            shared += BitOperations.PopCount(_words[i] & other._words[i]);
        }

        return shared == 0 ? 0 : (double)shared / (Area + other.Area - shared);
    }
}
