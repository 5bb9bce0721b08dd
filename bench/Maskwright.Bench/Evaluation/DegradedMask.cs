using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Bench.Evaluation;

/// <summary>A true mask made worse in a way that happens: what refinement starts from.</summary>
internal sealed record DegradedMask(string Name, Func<BinaryMask, SoftMask> Make)
{
    // How far a hard mask's border is trusted.
    private const float BorderWidth = 3;

    public static IReadOnlyList<DegradedMask> All { get; } =
    [
        new("averaged over 8 x 8 pixels", mask => Averaged(mask, 8)),
        new("averaged over 16 x 16 pixels", mask => Averaged(mask, 16)),
        new("grown by 5 pixels", mask => Border(Dilation.Apply(mask, StructuringElement.Disc(5)))),
        new("shrunk by 5 pixels", mask => Border(Shrunk(mask, 5))),
        new("moved by 4 pixels", mask => Border(RunLengthMask.FromMask(mask).PlaceIn(mask.Size, 4, 0).ToBinaryMask())),
        new("median over 31 x 31 pixels", mask => Border(MaskSmoothing.Apply(mask, 15))),
    ];

    private static SoftMask Border(BinaryMask mask) => SoftMask.FromBorder(mask, BorderWidth);

    private static BinaryMask Shrunk(BinaryMask mask, int pixels) =>
        Erosion.Apply(mask, StructuringElement.Disc(pixels)) is var less && less.Area() > 0 ? less : mask;

    /// <summary>What a network of a coarse grid knows: the share of every cell, brought to the image's size.</summary>
    private static SoftMask Averaged(BinaryMask mask, int cell)
    {
        var (columns, rows) = ((mask.Width + cell - 1) / cell, (mask.Height + cell - 1) / cell);
        var (sums, counts) = (new float[columns * rows], new float[columns * rows]);
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                var at = (y / cell * columns) + (x / cell);
                (sums[at], counts[at]) = (sums[at] + (mask[x, y] ? 1 : 0), counts[at] + 1);
            }
        }

        var values = new float[mask.Size.PixelCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = At(((i % mask.Width) + 0.5f) / cell - 0.5f, ((i / mask.Width) + 0.5f) / cell - 0.5f);
        }

        return new SoftMask(mask.Size, values);

        float Cell(int x, int y) => Math.Clamp(x, 0, columns - 1) + (Math.Clamp(y, 0, rows - 1) * columns) is var at ? sums[at] / counts[at] : 0;
        float At(float x, float y)
        {
            var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
            var (u, v) = (x - left, y - top);
            var value = ((1 - v) * (((1 - u) * Cell(left, top)) + (u * Cell(left + 1, top)))) + (v * (((1 - u) * Cell(left, top + 1)) + (u * Cell(left + 1, top + 1))));
            return Math.Clamp(value, 0, 1);
        }
    }
}
