using Maskwright.Networks.DeepLab;
using Maskwright.Networks.Fcn;
using Maskwright.Networks.SegNet;
using Maskwright.Networks.UNet;

namespace Maskwright.Networks.Semantic;

/// <summary>The semantic networks that have a name.</summary>
public static class SemanticNetworks
{
    /// <summary>Every preset, family by family.</summary>
    public static IReadOnlyList<SemanticNetworkConfig> All { get; } =
    [
        FcnConfig.ResNet50, FcnConfig.ResNet101, FcnConfig.Seedling, SkipFcnConfig.Fcn32s, SkipFcnConfig.Fcn16s, SkipFcnConfig.Fcn8s,
        UNetConfig.Padded, UNetConfig.PaddedBilinear, UNetConfig.Original,
        EncoderUNetConfig.ResNet18, EncoderUNetConfig.ResNet34, EncoderUNetConfig.MobileNetV2, EncoderUNetConfig.MobileNetV3, EncoderUNetConfig.Seedling,
        SegNetConfig.Vgg16, SegNetConfig.Transposed, SegNetConfig.Basic,
        DeepLabV3Config.ResNet50, DeepLabV3Config.ResNet101, DeepLabV3Config.MobileNetV3,
        DeepLabV3PlusConfig.ResNet50, DeepLabV3PlusConfig.ResNet101, DeepLabV3PlusConfig.MobileNetV2, DeepLabV3PlusConfig.Seedling,
        LrAsppConfig.MobileNetV3,
    ];

    /// <summary>Finds a preset.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>Null when there is none.</returns>
    public static SemanticNetworkConfig? Find(string name) => All.FirstOrDefault(config => config.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
