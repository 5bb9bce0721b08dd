using Maskwright.Segmentation;

namespace Maskwright.Metrics;

/// <summary>How good a mask became click by click.</summary>
/// <param name="Clicks">The clicks.</param>
/// <param name="Ious">The IoU after each click.</param>
/// <param name="MaxClicks">The most clicks that the user would have made.</param>
public sealed record ClickCurve(IReadOnlyList<PromptPoint> Clicks, IReadOnlyList<double> Ious, int MaxClicks)
{
    /// <summary>The IoU after the first click.</summary>
    public double OneClickIou => Ious[0];

    /// <summary>Whether an IoU was reached.</summary>
    /// <param name="iou">In (0,1].</param>
    public bool Reaches(double iou) => Ious.Any(value => value >= iou);

    /// <summary>The number of clicks to an IoU; the most clicks when it was not reached.</summary>
    /// <param name="iou">In (0,1]; not above where the session stopped.</param>
    public int ClicksTo(double iou)
    {
        for (var i = 0; i < Ious.Count; i++)
        {
            if (Ious[i] >= iou)
            {
                return i + 1;
            }
        }

        return MaxClicks;
    }

    /// <summary>How many clicks made the mask worse.</summary>
    /// <param name="drop">A click counts when it lowers the IoU by more than this, 0 to 1.</param>
    public int SpoilingClicks(double drop = 0.10) => Ious.Skip(1).Zip(Ious).Count(pair => pair.Second - pair.First > drop);
}
