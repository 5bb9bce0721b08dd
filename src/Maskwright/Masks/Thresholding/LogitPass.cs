using System.Buffers;
using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>One pass from logits to a mask: rows of the canvas are made when a row of the image needs them, and only bits are kept.</summary>
/// <remarks>Holds the plan and the row buffers of one frame, a few rows of the image; not for several threads at once.</remarks>
internal sealed class LogitPass
{
    private readonly int _lanes;
    private readonly GivenRows _given;
    private readonly List<ResizedRows> _steps = [];
    private readonly LogitRows _rows;

    /// <summary>Plans the pass.</summary>
    /// <param name="map">Cells across and down of the logit maps.</param>
    /// <param name="frame">How they lie on the image.</param>
    /// <param name="lanes">16, 8, 4 or 1: the vectors to use.</param>
    public LogitPass(ImageSize map, LogitFrame frame, int lanes)
    {
        (Map, Frame, _lanes) = (map, frame, lanes);
        var isCanvas = map == frame.CanvasSize;
        _given = new GivenRows(map.Width, isCanvas ? frame.UsedSize.Width : map.Width);
        _rows = _given;
        if (!isCanvas)
        {
            AddStep(map, frame.CanvasSize, frame.UsedSize);
            _rows = _steps[^1];
        }

        if (frame.UsedSize != frame.ImageSize)
        {
            AddStep(frame.UsedSize, frame.ImageSize, frame.ImageSize);
            _rows = _steps[^1];
        }
    }

    /// <summary>Cells across and down of the logit maps.</summary>
    public ImageSize Map { get; }

    /// <summary>How the maps lie on the image.</summary>
    public LogitFrame Frame { get; }

    /// <summary>Cuts one map.</summary>
    /// <param name="values">[h,w] logits.</param>
    /// <param name="levels">Where to cut.</param>
    /// <param name="minimumStability">A mask that is less stable is not encoded.</param>
    /// <param name="mostRuns">A mask of more runs is not encoded.</param>
    public MeasuredCut Run(ReadOnlyMemory<float> values, CutLevels levels, double minimumStability, int mostRuns)
    {
        _given.Values = values;
        _steps.ForEach(step => step.Restart());
        var size = Frame.ImageSize;
        var perRow = (size.Width + 63) / 64;
        var words = ArrayPool<ulong>.Shared.Rent(checked(perRow * size.Height));
        try
        {
            long wide = 0, narrow = 0;
            for (var y = 0; y < size.Height; y++)
            {
                var counts = CutKernel.Cut(_rows.Pair(y), levels, words.AsSpan(y * perRow, perRow), size.Width, _lanes);
                (wide, narrow) = (wide + counts.Wide, narrow + counts.Narrow);
            }

            var stability = wide == 0 ? 0 : (float)narrow / (float)wide;
            return stability >= minimumStability
                ? new MeasuredCut(true, stability, BitBounds.Of(words, size), RunLengthMask.FromWordsIfShort(words, size, mostRuns))
                : new MeasuredCut(false, stability, default, null);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(words);
            _given.Values = default;
        }
    }

    private void AddStep(ImageSize from, ImageSize to, ImageSize used)
    {
        var columns = BilinearAxis.Plan(from.Width, to.Width, used.Width, _lanes);
        var rows = BilinearAxis.Plan(from.Height, to.Height, used.Height, lanes: 1);
        _steps.Add(new ResizedRows(_rows, columns, rows, _lanes));
    }
}
