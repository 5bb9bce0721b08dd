namespace Maskwright.Networks.Catalog;

/// <summary>The networks for known classes that this house trained and that come with the library, in a folder beside it.</summary>
internal static class ShippedModels
{
    private const string Folder = "models";
    private const string Licence = "Apache-2.0";
    private const string NonCommercial = "CC-BY-NC-4.0";
    private const string ResearchOnly = "LicenseRef-research-use";

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        Semantic("deeplab-street", ModelFamily.DeepLab, 2_932_035, "Street scenes, CamVid's 11 classes: DeepLab v3+ on Seedling's encoder. With the library; trained on data for non-commercial use.") with { Licence = NonCommercial },
        Semantic("fcn-street", ModelFamily.Fcn, 2_384_043, "The same by an FCN, coarser and less exact. With the library; trained on data for non-commercial use.") with { Licence = NonCommercial },
        Semantic("segnet-street", ModelFamily.SegNet, 1_416_587, "The same by SegNet-Basic from random weights, least exact. With the library; trained on data for non-commercial use.") with { Licence = NonCommercial },
        Semantic("deeplab-photos", ModelFamily.DeepLab, 2_933_005, "Everyday photos, VOC's 20 classes, of which it knows cats, horses and dogs best: DeepLab v3+ on Seedling's encoder. With the library; trained on data for research.") with { Licence = ResearchOnly },
        Semantic("unet-clothing", ModelFamily.UNet, 4_018_675, "People in the street, 58 garments and parts, of which it knows the common ones: a U-Net on Seedling's encoder. With the library."),
        Semantic("unet-membranes", ModelFamily.UNet, 1_942_594, "Cells and the membranes between them in electron microscopy: the U-Net, narrow. With the library."),
        Semantic("unet-nuclei", ModelFamily.UNet, 4_016_794, "Nuclei under fluorescence against background: a U-Net on Seedling's encoder. With the library."),
        Of("mask-rcnn-nuclei", ModelFamily.MaskRcnn, SegmentationTask.InstanceSegmentation, 4_511_091, "Nuclei under fluorescence, one by one: Mask R-CNN on Seedling's encoder. With the library."),
    ];

    /// <summary>Where the file of a shipped model is, whether it is there or not.</summary>
    /// <param name="file">Its name.</param>
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, Folder, file);

    private static CatalogEntry Semantic(string name, ModelFamily family, long parameters, string description) =>
        Of(name, family, SegmentationTask.SemanticSegmentation, parameters, description);

    private static CatalogEntry Of(string name, ModelFamily family, SegmentationTask task, long parameters, string description) => new()
    {
        Id = name,
        Family = family,
        Layout = ModelLayout.Safetensors,
        Task = task,
        ShippedFile = $"{name}.safetensors",
        Parameters = parameters,
        Licence = Licence,
        Description = description,
    };
}
