namespace Maskwright.Networks.Catalog;

/// <summary>The named networks for known classes: their sizes are here, their weights are not.</summary>
/// <remarks>File names are those under which torchvision publishes its weights. Parameters count the auxiliary head, as torchvision does.</remarks>
internal static class KnownNetworks
{
    private const string Licence = "BSD-3-Clause";
    private const string Publisher = "https://download.pytorch.org/models/";

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        Semantic("deeplabv3-mobilenet-v3", "deeplabv3_mobilenet_v3_large-fc3c493d.pth", ModelFamily.DeepLab, 11_029_328),
        Semantic("deeplabv3-resnet50", "deeplabv3_resnet50_coco-cd0a2569.pth", ModelFamily.DeepLab, 42_004_074),
        Semantic("deeplabv3-resnet101", "deeplabv3_resnet101_coco-586e9e4e.pth", ModelFamily.DeepLab, 60_996_202),
        Semantic("lraspp-mobilenet-v3", "lraspp_mobilenet_v3_large-d234d4ea.pth", ModelFamily.DeepLab, 3_221_538),
        Semantic("fcn-resnet50", "fcn_resnet50_coco-1167a1af.pth", ModelFamily.Fcn, 35_322_218),
        Semantic("fcn-resnet101", "fcn_resnet101_coco-7ecb50ca.pth", ModelFamily.Fcn, 54_314_346),
        Instances("mask-rcnn-resnet50-fpn", "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth", 44_401_393),
        Instances("mask-rcnn-resnet50-fpn-v2", "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth", 46_359_409),
    ];

    private static CatalogEntry Semantic(string name, string file, ModelFamily family, long parameters) => new()
    {
        Id = file,
        Aliases = [name],
        Family = family,
        Layout = ModelLayout.PyTorch,
        Task = SegmentationTask.SemanticSegmentation,
        Parameters = parameters,
        Licence = Licence,
        Description = "A class for every pixel, VOC's 20 and background (maskwright label); weights apart.",
        HowToGet = Advice(file, "label"),
    };

    private static CatalogEntry Instances(string name, string file, long parameters) => new()
    {
        Id = file,
        Aliases = [name],
        Family = ModelFamily.MaskRcnn,
        Layout = ModelLayout.PyTorch,
        Task = SegmentationTask.InstanceSegmentation,
        Parameters = parameters,
        Licence = Licence,
        Description = "A mask for every object of COCO's 80 classes (maskwright instances); weights apart.",
        HowToGet = Advice(file, "instances"),
    };

    private static string Advice(string file, string verb) =>
        $"`curl -LO {Publisher}{file}` gets torchvision's, and `maskwright {verb} --model {file}` uses them.";
}
