using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Dilation and erosion of whole masks. Pixels outside the image never win: they count as unset for dilation, as set for erosion.</summary>
internal static class BitDilation
{
    private const int DirectRows = 4;

    /// <summary>Dilates; or erodes, which is to dilate the complement and to take the complement of that.</summary>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, bool isErosion)
    {
        var plan = DilationPlan.For(element, mask.Size);
        var result = new BinaryMask(mask.Size);
        using (var plane = new BitPlane(mask, isErosion, plan.Reach))
        {
            if (plan.Line is { } line)
            {
                AddLine(plane, line, result);
            }
            else if (plan.Blocks.Count > 0)
            {
                AddBlocks(plane, mask, plan, result);
            }
        }

        for (var y = 0; y < mask.Height; y++)
        {
            BitRows.Copy(result.Row(y), result.Row(y), isErosion, mask.Width);
        }

        return result;
    }

    /// <summary>The specification of <see cref="Apply"/>, pixel by pixel.</summary>
    public static BinaryMask ApplyScalar(BinaryMask mask, StructuringElement element, bool isErosion)
    {
        var result = new BinaryMask(mask.Size);
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                result[x, y] = isErosion ^ Finds(mask, element, x, y, !isErosion);
            }
        }

        return result;
    }

    private static bool Finds(BinaryMask mask, StructuringElement element, int x, int y, bool wanted)
    {
        foreach (var run in element.Runs)
        {
            for (var dx = run.Start; dx < run.End; dx++)
            {
                var (u, v) = (x + dx, y + run.Y);
                if (u >= 0 && v >= 0 && u < mask.Width && v < mask.Height && mask[u, v] == wanted)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void AddLine(BitPlane plane, DiagonalLine line, BinaryMask result)
    {
        var span = 1;
        for (; span * 2 <= line.Count; span *= 2)
        {
            plane.OrShifted(span * line.StepX, span * line.StepY);
        }

        plane.OrInto(result, line.X, line.Y);
        var rest = line.Count - span;
        plane.OrInto(result, line.X + (rest * line.StepX), line.Y + (rest * line.StepY));
    }

    private static void AddBlocks(BitPlane plane, BinaryMask mask, DilationPlan plan, BinaryMask result)
    {
        using var widened = new BitPlane(mask, plan.Reach);
        foreach (var block in plan.Blocks)
        {
            plane.WidenRows(block.First, block.Last, widened);
            AddRows(widened, block, result);
        }
    }

    // The plane's rows are joined to ever longer stretches; every stretch asked for is covered by two of the longest that fit.
    private static void AddRows(BitPlane widened, DilationBlock block, BinaryMask result)
    {
        var span = 1;
        foreach (var (first, last) in block.Rows)
        {
            var length = last - first + 1;
            if (length > DirectRows)
            {
                for (; span * 2 <= length; span *= 2)
                {
                    widened.OrShifted(0, span);
                }
            }

            for (var row = first; row < last - span + 1; row += span)
            {
                widened.OrInto(result, 0, row);
            }

            widened.OrInto(result, 0, last - span + 1);
        }
    }
}
