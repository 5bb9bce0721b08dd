using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Backbones;

/// <summary>A ResNet-18 that has learned to tell ImageNet's classes apart, to begin training from.</summary>
public static class ImageNetResNet18
{
    // Of Microsoft.ML.DnnImageFeaturizer.ResNet18: the convolution's number, then the first of the four of its normalisation, by torchvision's names.
    private static readonly (string Layer, string Normalisation, int Filter, int First)[] s_numbers =
    [
        ("conv1", "bn1", 91, 96),
        ("layer1.0.conv1", "layer1.0.bn1", 86, 113),
        ("layer1.0.conv2", "layer1.0.bn2", 82, 127),
        ("layer1.1.conv1", "layer1.1.bn1", 77, 144),
        ("layer1.1.conv2", "layer1.1.bn2", 73, 158),
        ("layer2.0.conv1", "layer2.0.bn1", 68, 175),
        ("layer2.0.conv2", "layer2.0.bn2", 64, 189),
        ("layer2.0.downsample.0", "layer2.0.downsample.1", 199, 203),
        ("layer2.1.conv1", "layer2.1.bn1", 59, 220),
        ("layer2.1.conv2", "layer2.1.bn2", 55, 234),
        ("layer3.0.conv1", "layer3.0.bn1", 50, 251),
        ("layer3.0.conv2", "layer3.0.bn2", 46, 265),
        ("layer3.0.downsample.0", "layer3.0.downsample.1", 275, 279),
        ("layer3.1.conv1", "layer3.1.bn1", 41, 296),
        ("layer3.1.conv2", "layer3.1.bn2", 37, 310),
        ("layer4.0.conv1", "layer4.0.bn1", 32, 327),
        ("layer4.0.conv2", "layer4.0.bn2", 28, 341),
        ("layer4.0.downsample.0", "layer4.0.downsample.1", 351, 355),
        ("layer4.1.conv1", "layer4.1.bn1", 23, 372),
        ("layer4.1.conv2", "layer4.1.bn2", 19, 386),
    ];

    private static readonly float[] s_deviations = [0.229f, 0.224f, 0.225f];

    /// <summary>Reads <c>ResNet18.onnx</c> of the package Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT). The caller disposes the result.</summary>
    /// <param name="path">The file; its input is blue, green and red from 0 to 255 less their mean, and its last stage has a third block, which is left out.</param>
    /// <returns>Tensors by torchvision's names, for images of zero mean and unit deviation per channel over ImageNet.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged, or holds another network.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static WeightFile Open(string path)
    {
        using var file = OnnxInitialisers.Read(path);
        return s_numbers.All(layer => file.ContainsKey($"Parameter{layer.Filter}"))
            ? WeightFile.FromArrays(s_numbers.SelectMany(layer => Named(file, layer)), path)
            : throw new InvalidWeightsException(path, "of ONNX models, only the ResNet18.onnx of the package Microsoft.ML.DnnImageFeaturizer.ResNet18 can be begun from");
    }

    private static IEnumerable<(string Name, IReadOnlyList<long> Shape, float[] Values)> Named(WeightFile file, (string Layer, string Normalisation, int Filter, int First) numbers)
    {
        (string, IReadOnlyList<long>, float[]) Of(string name, string from) =>
            file.TryGetValue(from, out var tensor) ? (name, tensor.Shape, tensor.ToFloat32()) : throw new InvalidWeightsException(file.Path, $"has no tensor {from}");
        var (name, shape, values) = Of($"{numbers.Layer}.weight", $"Parameter{numbers.Filter}");
        yield return (name, shape, shape.Count == 4 && shape[1] == 3 ? ForNormalisedRed(values, shape) : values);
        yield return Of($"{numbers.Normalisation}.weight", $"Parameter{numbers.First}");
        yield return Of($"{numbers.Normalisation}.bias", $"Parameter{numbers.First + 1}");
        yield return Of($"{numbers.Normalisation}.running_mean", $"Constant{numbers.First + 2}");
        yield return Of($"{numbers.Normalisation}.running_var", $"Constant{numbers.First + 3}");
    }

    private static float[] ForNormalisedRed(float[] filters, IReadOnlyList<long> shape)
    {
        var (window, result) = ((int)(shape[2] * shape[3]), new float[filters.Length]);
        for (var i = 0; i < filters.Length; i++)
        {
            var (filter, channel, at) = (i / (3 * window), i / window % 3, i % window);
            result[i] = 255 * s_deviations[channel] * filters[(((filter * 3) + 2 - channel) * window) + at];
        }

        return result;
    }
}
