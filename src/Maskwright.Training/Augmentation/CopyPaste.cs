using Maskwright.Training.Data;

namespace Maskwright.Training.Augmentation;

/// <summary>Pastes an object of one crop onto another (Ghiasi et al. 2021); what it hides is no longer seen.</summary>
internal static class CopyPaste
{
    private const double MinAreaFraction = 0.01;
    private const double MaxAreaFraction = 0.35;

    /// <summary>Pastes one object of the donor, shifted at random.</summary>
    /// <param name="target">The crop that is changed.</param>
    /// <param name="donor">A crop of the same side.</param>
    /// <param name="random">Says which object, and where to.</param>
    /// <returns>Whether the donor had an object of a fitting size.</returns>
    public static bool Paste(TrainingCrop target, TrainingCrop donor, SampleRandom random)
    {
        var area = (double)target.Side * target.Side;
        var fitting = donor.Objects(1).Where(o => o.Area >= MinAreaFraction * area && o.Area <= MaxAreaFraction * area).ToList();
        if (fitting.Count == 0)
        {
            return false;
        }

        var pasted = fitting[random.Next(fitting.Count)];
        var newId = (ushort)(target.Objects(0).Select(o => (int)o.Id).DefaultIfEmpty(0).Max() + 1);
        var left = (int)random.Between(-0.25 * pasted.Bounds.Width, target.Side - (0.75 * pasted.Bounds.Width));
        var top = (int)random.Between(-0.25 * pasted.Bounds.Height, target.Side - (0.75 * pasted.Bounds.Height));
        target.Classes[newId] = pasted.Class;
        target.Sources.AddRange(donor.Sources);
        Draw(target, donor, pasted, left - pasted.Bounds.X, top - pasted.Bounds.Y, newId);
        return true;
    }

    private static void Draw(TrainingCrop target, TrainingCrop donor, LabelledObject pasted, int shiftX, int shiftY, ushort newId)
    {
        var side = target.Side;
        var mask = donor.Layers[pasted.Layer];
        for (var y = pasted.Bounds.Y; y < pasted.Bounds.Bottom; y++)
        {
            for (var x = pasted.Bounds.X; x < pasted.Bounds.Right; x++)
            {
                int from = (y * side) + x, column = x + shiftX, row = y + shiftY;
                if (mask[from] != pasted.Id || (uint)column >= (uint)side || (uint)row >= (uint)side)
                {
                    continue;
                }

                var to = (row * side) + column;
                donor.Pixels.AsSpan(from * 3, 3).CopyTo(target.Pixels.AsSpan(to * 3));
                target.Layers.ForEach(layer => layer[to] = ObjectLayers.Nothing);
                target.Layers[0][to] = newId;
            }
        }
    }
}
