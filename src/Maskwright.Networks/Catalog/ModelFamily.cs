namespace Maskwright.Networks.Catalog;

/// <summary>The network behind a model: which room of this library runs it.</summary>
public enum ModelFamily
{
    /// <summary>Not known from names alone; the loader looks at the weights.</summary>
    Unknown,

    /// <summary>The learning-free segmenter that needs no weights.</summary>
    Classic,

    /// <summary>The promptable network of this house; its weights may lie inside the library.</summary>
    Seedling,

    /// <summary>Segment Anything with a ViT encoder (B, L or H).</summary>
    Sam,

    /// <summary>SAM with a pruned ViT-B encoder; the same graph with other widths.</summary>
    SlimSam,

    /// <summary>SAM's decoder behind a TinyViT encoder.</summary>
    MobileSam,

    /// <summary>Fully convolutional networks.</summary>
    Fcn,

    /// <summary>U-Nets.</summary>
    UNet,

    /// <summary>SegNet and SegNet-Basic.</summary>
    SegNet,

    /// <summary>DeepLab v3 and v3+, and LR-ASPP.</summary>
    DeepLab,

    /// <summary>Mask R-CNN.</summary>
    MaskRcnn,
}
