using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Coco;

/// <summary>A mask as COCO holds it: run lengths, or polygons whose image size may not be known yet.</summary>
internal sealed record CocoShape(RunLengthMask? Runs, double[][] Polygons)
{
    /// <summary>The mask on an image of this size.</summary>
    /// <exception cref="FormatException">The run lengths have another size, or a polygon cannot be filled.</exception>
    public RunLengthMask ToMask(ImageSize size)
    {
        if (Runs is not null)
        {
            return Runs.Size == size ? Runs : throw new FormatException($"the mask is {Runs.Size}, but its image is {size}");
        }

        try
        {
            return PolygonRasteriser.FillAll(size, Polygons);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message.Split(" (Parameter")[0].TrimEnd('.'), e);
        }
    }
}
