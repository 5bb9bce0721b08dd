using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Testing;
using Maskwright.Training.Detection;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

public class MaskRcnnStartTests
{
    [Theory]
    [InlineData(4, 0)]
    [InlineData(2, 6)]
    public void Another_number_of_classes_replaces_only_the_predictors(int classes, int replacedCount)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "four.safetensors");
        using var stored = MaskRcnnInitialisation.Create(TinyMaskRcnn.Config, 1);
        SafetensorsWriter.Write(path, stored.Values, NetworkMetadata.Of(TinyMaskRcnn.Config, ["background", "disc", "box", "triangle"]));

        using var begun = MaskRcnnStart.Read(TinyMaskRcnn.Config with { ClassCount = classes }, path, seed: 2, out var replaced);

        Assert.Equal(replacedCount, replaced.Count);
        Assert.All(replaced, name => Assert.Contains("_predictor.", name, StringComparison.Ordinal));
        Assert.All(begun.Keys.Except(replaced), name => Assert.Equal(stored[name].ToFloat32(), begun[name].ToFloat32()));
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "other.safetensors");
        using var stored = MaskRcnnInitialisation.Create(TinyMaskRcnn.Config, 1);
        SafetensorsWriter.Write(path, stored.Values, NetworkMetadata.Of(TinyMaskRcnn.Config, ["background", "disc", "box", "triangle"]));

        Assert.Throws<WeightMismatchException>(() => MaskRcnnStart.Read(TinyMaskRcnn.Config with { PyramidWidth = 16 }, path, seed: 2, out _));
    }
}
