using Maskwright.Graphs;

namespace Maskwright.Networks.Backbones;

/// <summary>The sizes of VGG-16's convolutions.</summary>
/// <remarks>Simonyan and Zisserman 2015; parameter names are torchvision's. The stride is 32: it has no dilated form here.</remarks>
public sealed record VggConfig : BackboneConfig
{
    /// <summary>Convolutions in each of the five stages.</summary>
    public IReadOnlyList<int> Convolutions { get; init; } = [2, 2, 3, 3, 3];

    /// <summary>Channels of the first stage; doubled with every stage up to eight times.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Whether every convolution is followed by a batch normalisation.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>Zeros around the image before the first convolution; 100 in the original FCN, where they leave room for the 7x7 layer.</summary>
    public int FirstPadding { get; init; } = 1;

    /// <summary>The original: 14.7 million parameters without the classifier.</summary>
    public static VggConfig Vgg16 { get; } = new();

    /// <summary>With batch normalisation.</summary>
    public static VggConfig Vgg16Bn { get; } = new() { BatchNorm = true };

    internal override BackboneFeatures Describe(GraphBuilder g, Value image)
    {
        var (x, index, stages) = (image, 0, new List<Value>());
        for (var stage = 0; stage < Convolutions.Count; stage++)
        {
            for (var i = 0; i < Convolutions[stage]; i++)
            {
                x = g.Conv2d(x, $"features.{index}", new Dim($"features.{index}", Width << Math.Min(stage, 3)), 3, padding: index == 0 ? FirstPadding : 1);
                x = g.Relu(BatchNorm ? g.BatchNorm2d(x, $"features.{index + 1}", BatchNormEpsilon) : x);
                index += BatchNorm ? 3 : 2;
            }

            x = g.MaxPool2d(x, 2, 2, ceilMode: true);
            stages.Add(x);
            index++;
        }

        return new BackboneFeatures(stages, stages[^2]);
    }
}
