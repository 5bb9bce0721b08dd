namespace Maskwright.Training.Running;

/// <summary>How a run goes: means over the steps since the last report.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Side">The crops' side.</param>
/// <param name="LearningRate">Of the last step.</param>
/// <param name="Loss">Everything that is minimised.</param>
/// <param name="GradientNorm">Before shortening.</param>
/// <param name="Parts">
/// What the loss is made of and how good the answers are, by name in a fixed order; not a number where nothing was asked. For a promptable network: focal,
/// dice, quality, boundary, objectness, affinity, click_iou, best_click_iou, box_iou, later_iou. For Mask R-CNN: objectness, proposals, classes, boxes, masks.
/// </param>
public sealed record TrainingProgress(
    long Step, long Steps, int Side, double LearningRate, double Loss, double GradientNorm, IReadOnlyDictionary<string, double> Parts)
{
    /// <summary>What a person should know, such as a class that no photo shows; each is told once.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
