using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Networks.Classic;

/// <summary>A label map as runs down the columns, from which the run lengths of any union of labels follow in one pass.</summary>
/// <param name="size">The image's size.</param>
/// <param name="runs">Label and length, column by column; a run may go on into the next column.</param>
internal sealed class ColumnRuns(ImageSize size, (int Label, int Length)[] runs)
{
    /// <summary>The mask of all pixels whose label is in the set.</summary>
    public RunLengthMask MaskOf(LeafSet leaves)
    {
        var counts = new List<uint>();
        var isInside = false;
        uint run = 0;
        foreach (var (label, length) in runs)
        {
            if (leaves.Contains(label) != isInside)
            {
                counts.Add(run);
                run = 0;
                isInside = !isInside;
            }

            run += (uint)length;
        }

        counts.Add(run);
        return RunLengthMask.FromCounts(size, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(counts));
    }
}
