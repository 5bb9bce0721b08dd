using Maskwright.Graphs;

namespace Maskwright.Networks.Backbones;

/// <summary>The sizes of a residual network.</summary>
/// <remarks>He et al. 2016; parameter names and the place of the step (the 3x3 convolution) are torchvision's.</remarks>
public sealed record ResNetConfig : BackboneConfig
{
    /// <summary>Residual blocks in each of the four stages.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Whether a block narrows, convolves and widens fourfold; otherwise it is two 3x3 convolutions.</summary>
    public bool IsBottleneck { get; init; } = true;

    /// <summary>Channels of the first stage's inner convolutions; doubled with every stage.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Channels inside the blocks of each stage; null means those of <see cref="Width"/>. Fewer make a stage cheaper and leave its result as wide as it was.</summary>
    public IReadOnlyList<int>? InnerWidths { get; init; }

    /// <summary>18 layers, 11.2 million parameters.</summary>
    public static ResNetConfig ResNet18 { get; } = new() { Blocks = [2, 2, 2, 2], IsBottleneck = false };

    /// <summary>34 layers, 21.3 million parameters.</summary>
    public static ResNetConfig ResNet34 { get; } = new() { Blocks = [3, 4, 6, 3], IsBottleneck = false };

    /// <summary>50 layers, 23.5 million parameters.</summary>
    public static ResNetConfig ResNet50 { get; } = new();

    /// <summary>101 layers, 42.5 million parameters.</summary>
    public static ResNetConfig ResNet101 { get; } = new() { Blocks = [3, 4, 23, 3] };

    /// <summary>The residual network of Seedling's encoder: 18 layers whose last stage is narrow inside, 5.0 million parameters. Its trained weights are inside this library.</summary>
    public static ResNetConfig Seedling { get; } = ResNet18 with { InnerWidths = [64, 128, 256, 128] };

    /// <summary>The same down to stride 16, 2.8 million parameters.</summary>
    public static ResNetConfig SeedlingFine { get; } = ResNet18 with { Blocks = [2, 2, 2], OutputStride = 16 };

    internal override BackboneFeatures Describe(GraphBuilder g, Value image) => ResNet.Describe(g, image, this);
}
