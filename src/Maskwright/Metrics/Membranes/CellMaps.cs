using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Metrics;

/// <summary>Divisions into cells, from what is known of them: numbered cells, a mask of cells, or how bright a cell is.</summary>
public static class CellMaps
{
    /// <summary>The cells of a label map: its labels; or, where there is only one label besides 0, the parts of it that hang together over shared sides.</summary>
    /// <param name="labels">A number a pixel; 0 is membrane.</param>
    public static LabelMap Of(LabelMap labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.Labels.ToArray().Where(label => label != 0).Distinct().Take(2).Count() == 2 ? labels : Above(labels, 0);
    }

    /// <summary>The cells where values are above a threshold: the parts that hang together over shared sides.</summary>
    /// <param name="values">A value a pixel, such as the strength of a cell.</param>
    /// <param name="threshold">Cells are above it.</param>
    public static LabelMap Above(LabelMap values, int threshold)
    {
        ArgumentNullException.ThrowIfNull(values);
        var mask = new BinaryMask(values.Size);
        for (var y = 0; y < values.Size.Height; y++)
        {
            var row = values.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                mask[x, y] = row[x] > threshold;
            }
        }

        return ConnectedComponents.Of(mask, Connectivity.Four).ToLabelMap();
    }
}
