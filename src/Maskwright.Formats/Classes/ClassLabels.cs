using Maskwright.Masks;

namespace Maskwright.Formats.Classes;

/// <summary>The label map that masks of classes were taken from.</summary>
internal static class ClassLabels
{
    /// <summary>Paints the masks by their class numbers; where none lies is 0.</summary>
    /// <exception cref="ArgumentException">A mask has no class number.</exception>
    public static LabelMap Of(MaskWriteRequest request)
    {
        request.Validate();
        var labels = new LabelMap(request.Size, new int[request.Size.PixelCount]);
        foreach (var proposal in request.Proposals)
        {
            Paint(labels, proposal.Mask, proposal.ClassNumber ?? throw new ArgumentException($"A mask of {request.FileName} has no class number."));
        }

        return labels;
    }

    private static void Paint(LabelMap labels, RunLengthMask mask, int number)
    {
        var (height, position) = (labels.Size.Height, 0L);
        for (var i = 0; i < mask.Counts.Length; position += mask.Counts[i], i++)
        {
            for (var at = position; i % 2 == 1 && at < position + mask.Counts[i]; at++)
            {
                labels.Row((int)(at % height))[(int)(at / height)] = number;
            }
        }
    }
}
