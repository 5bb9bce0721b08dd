namespace Maskwright.Segmentation;

/// <summary>The counts of all stages of one image.</summary>
internal sealed class GenerationTally
{
    public StageTally PredictedIou { get; } = new("pred_iou_thresh");

    public StageTally Stability { get; } = new("stability_score_thresh");

    public StageTally CropEdge { get; } = new("crop_edge");

    public StageTally BoxNms { get; } = new("box_nms_thresh");

    public StageTally CropNms { get; } = new("crop_nms_thresh");

    public StageTally SmallRegions { get; } = new("min_mask_region_area");

    /// <summary>The report, with the stages that the settings asked for.</summary>
    public GenerationReport Finish(AutomaticMaskOptions options)
    {
        var stages = new List<GenerationStage>
        {
            PredictedIou.Finish(tally => tally.ThresholdAdvice("predicted IoU", "--pred-iou-thresh", isStrict: true)),
            Stability.Finish(tally => tally.ThresholdAdvice("stability score", "--stability-score-thresh", isStrict: false)),
        };
        if (options.CropLayers > 0)
        {
            stages.Add(CropEdge.Finish(_ => "every mask ended at the edge of a crop: a larger --crop-overlap-ratio would let crops hold whole objects"));
        }

        stages.Add(BoxNms.Finish());
        if (options.CropLayers > 0)
        {
            stages.Add(CropNms.Finish());
        }

        if (options.MinMaskRegionArea > 0)
        {
            stages.Add(SmallRegions.Finish());
        }

        return new GenerationReport(stages);
    }
}
