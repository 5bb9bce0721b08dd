namespace Maskwright.Training.Validation;

/// <summary>How good the averaged weights are on images that the network does not learn from.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Images">How many images were looked at.</param>
/// <param name="Measures">
/// The measures by name; not a number where there was nothing to measure. For a network of classes: mean_iou, pixel_accuracy, loss. For Mask R-CNN: mask_ap,
/// mask_ap50, box_ap. For a promptable network: click_iou, best_click_iou, box_iou.
/// </param>
/// <param name="Groups">The first measure for each class, or for each set where there are no classes.</param>
/// <param name="Measure">The measure by which the best is chosen.</param>
/// <param name="IsBest">Whether this is the best so far.</param>
/// <param name="BestStep">Steps done at the best so far.</param>
/// <param name="BestValue">Its measure.</param>
/// <param name="Stops">Whether the run ends here because it has not become better for too long.</param>
/// <param name="Examples">A few images with truth and answer.</param>
public sealed record ValidationReport(
    long Step,
    long Steps,
    int Images,
    IReadOnlyDictionary<string, double> Measures,
    IReadOnlyDictionary<string, double> Groups,
    string Measure,
    bool IsBest,
    long BestStep,
    double BestValue,
    bool Stops,
    IReadOnlyList<ValidationExample> Examples);
