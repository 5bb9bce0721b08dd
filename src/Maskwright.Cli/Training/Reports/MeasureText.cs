namespace Maskwright.Cli.Training.Reports;

/// <summary>What measures are called, and what they mean.</summary>
internal static class MeasureText
{
    private static readonly Dictionary<string, string> s_meanings = new()
    {
        ["mean_iou"] = "the mean over classes of shared pixels over those of either",
        ["pixel_accuracy"] = "the share of pixels with the right class",
        ["loss"] = "the loss of training, on images that are not learned from",
        ["mask_ap"] = "COCO's average precision of masks over IoU .50 to .95",
        ["mask_ap50"] = "average precision of masks at IoU .50",
        ["box_ap"] = "COCO's average precision of boxes over IoU .50 to .95",
        ["click_iou"] = "IoU of the answer to one click in the middle of an object",
        ["best_click_iou"] = "IoU of the best of the three masks for that click",
        ["box_iou"] = "IoU of the answer to the tight box around an object",
    };

    /// <summary>As a person would say it.</summary>
    public static string Spoken(string measure) =>
        measure.Replace("_iou", " IoU", StringComparison.Ordinal).Replace("_ap", " AP", StringComparison.Ordinal).Replace('_', ' ');

    /// <summary>One line; empty for what is not known.</summary>
    public static string MeaningOf(string measure) => s_meanings.GetValueOrDefault(measure, string.Empty);

    /// <summary>Whether less is better.</summary>
    public static bool IsLoss(string measure) => measure == "loss";
}
