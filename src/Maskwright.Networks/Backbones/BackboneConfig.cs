using System.Text.Json.Serialization;
using Maskwright.Graphs;

namespace Maskwright.Networks.Backbones;

/// <summary>The sizes of an image classifier whose maps a segmentation network reads.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ResNetConfig), "resnet")]
[JsonDerivedType(typeof(MobileNetV2Config), "mobilenet-v2")]
[JsonDerivedType(typeof(MobileNetV3Config), "mobilenet-v3-large")]
[JsonDerivedType(typeof(VggConfig), "vgg-16")]
[JsonDerivedType(typeof(FirstSeedlingBackboneConfig), "seedling")]
public abstract record BackboneConfig
{
    /// <summary>Image pixels a cell of the last map, in each direction: 32, or 16 or 8 where later stages dilate instead of stepping.</summary>
    public int OutputStride { get; init; } = 32;

    /// <summary>Added to the variance in batch normalisations.</summary>
    public double BatchNormEpsilon { get; init; } = 1e-5;

    /// <summary>Describes the layers.</summary>
    /// <param name="g">The network, in the scope of the backbone.</param>
    /// <param name="image">[B,C,H,W].</param>
    internal abstract BackboneFeatures Describe(GraphBuilder g, Value image);
}

/// <summary>What a backbone gives.</summary>
/// <param name="Stages">The last map of each resolution, stride 2 first.</param>
/// <param name="Auxiliary">The map that an auxiliary head, or a low-level branch, reads.</param>
internal sealed record BackboneFeatures(IReadOnlyList<Value> Stages, Value Auxiliary)
{
    /// <summary>The last map.</summary>
    public Value Last => Stages[^1];
}
