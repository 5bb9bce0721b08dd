namespace Maskwright.Networks.Catalog;

/// <summary>What a model of the hub is made for.</summary>
public enum SegmentationTask
{
    /// <summary>Masks for prompts, or for everything in an image: the hub's <c>mask-generation</c>.</summary>
    MaskGeneration,

    /// <summary>Any labelled segmentation: the hub's <c>image-segmentation</c>.</summary>
    ImageSegmentation,

    /// <summary>A class for every pixel: models with the tag <c>semantic-segmentation</c>.</summary>
    SemanticSegmentation,

    /// <summary>A mask for every object: models with the tag <c>instance-segmentation</c>.</summary>
    InstanceSegmentation,

    /// <summary>Both at once: models with the tag <c>panoptic-segmentation</c>.</summary>
    PanopticSegmentation,
}
