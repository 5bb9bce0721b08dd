using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Dilation and erosion of whole masks. Pixels outside the image never win: they count as unset for dilation, as set for erosion.</summary>
internal static class BitDilation
{
    /// <summary>Dilates; or erodes, which is to dilate the complement and to take the complement of that.</summary>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, bool isErosion)
    {
        var plan = DilationPlan.For(element, mask.Size);
        var result = new BinaryMask(mask.Size);
        using (var plane = new BitPlane(mask, isErosion, plan.Reach))
        {
            if (plan.Line is { } line)
            {
                plane.Widen(1, line.Count, line.StepX, line.StepY);
                plane.AddTo(result, line.X, line.Y);
            }
            else
            {
                AddBlocks(plane, plan, result);
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

    private static void AddBlocks(BitPlane plane, DilationPlan plan, BinaryMask result)
    {
        for (var i = 0; i < plan.Blocks.Count; i++)
        {
            if (i == plan.Blocks.Count - 1)
            {
                AddBlock(plane, plan.Blocks[i], result);
                return;
            }

            using var copy = plane.Clone();
            AddBlock(copy, plan.Blocks[i], result);
        }
    }

    private static void AddBlock(BitPlane plane, DilationBlock block, BinaryMask result)
    {
        plane.Widen(1, block.Last - block.First + 1, stepX: 1, stepY: 0);
        var joined = 1;
        foreach (var (first, last) in block.Rows)
        {
            plane.Widen(joined, last - first + 1, stepX: 0, stepY: 1);
            joined = last - first + 1;
            plane.AddTo(result, block.First, first);
        }
    }
}
