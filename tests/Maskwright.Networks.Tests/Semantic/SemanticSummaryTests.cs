using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Networks.Semantic;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Semantic;

public class SemanticSummaryTests
{
    public static TheoryData<string> Names { get; } = [.. SemanticNetworks.All.Select(config => config.Name)];

    // Parameters without running statistics and multiply-accumulates at 520x520, as torchvision's weight records state them.
    [Theory]
    [InlineData("fcn-resnet50", 35322218, 152.717)]
    [InlineData("fcn-resnet101", 54314346, 232.738)]
    [InlineData("deeplabv3-resnet50", 42004074, 178.722)]
    [InlineData("deeplabv3-resnet101", 60996202, 258.743)]
    [InlineData("deeplabv3-mobilenet-v3", 11029328, 10.452)]
    [InlineData("lraspp-mobilenet-v3", 3221538, 2.086)]
    public void Counts_parameters_and_multiplications_as_published(string name, long parameters, double billions)
    {
        var config = SemanticNetworks.Find(name)!;
        var graph = config.Build(new SemanticGraphOptions { Size = new ImageSize(520, 520), Batch = 1, WithAuxiliary = true });

        Assert.Equal(parameters, Learned(graph));
        Assert.InRange(GraphSummary.Of(graph).Cost!.Value.Module / 1e9, billions * 0.99, billions * 1.01);
    }

    [Theory]
    [InlineData("unet", 31037698)]
    [InlineData("unet-bilinear", 17263042)]
    [InlineData("segnet-basic", 1416587)]
    [InlineData("fcn-8s-vgg16", 134489759)]
    public void Counts_parameters_of_other_networks(string name, long parameters) => Assert.Equal(parameters, Learned(SemanticNetworks.Find(name)!.Build()));

    [Fact]
    [Trait("Kind", "snapshot")]
    public void Names_and_shapes_of_parameters_stay_as_they_are()
    {
        var lines = SemanticNetworks.All.Select(config => (config.Name, List: string.Join('\n', config.Build(new SemanticGraphOptions { WithAuxiliary = true }).Parameters.Select(p => p.ToString()))))
            .Select(net => $"{net.Name} {net.List.Count(c => c == '\n') + 1} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(net.List)))[..16]}");

        Snapshots.Check("semantic-parameters.txt", string.Join('\n', lines) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_images_of_any_size_and_gives_scores_of_the_same(string name)
    {
        var config = SemanticNetworks.Find(name)!;
        var logits = config.Build().Outputs["logits"].Shape;

        Assert.Equal((Dim)config.ClassCount, logits[1]);
        if (config.ContextPixels == 0)
        {
            Assert.Equal("[B, " + config.ClassCount + ", H, W]", logits.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sizes_survive_being_written_and_read(string name)
    {
        var config = SemanticNetworks.Find(name)! with { ClassCount = 7 };

        var again = JsonSerializer.Deserialize<SemanticNetworkConfig>(JsonSerializer.Serialize(config))!;

        Assert.Equal(config.GetType(), again.GetType());
        Assert.Equal(config.Build().Parameters.Select(p => p.ToString()), again.Build().Parameters.Select(p => p.ToString()));
    }

    [Fact]
    public void The_original_U_Net_gives_388_pixels_for_572()
    {
        var config = SemanticNetworks.Find("unet-original")!;

        Assert.Equal("[1, 2, 388, 388]", config.Build(new SemanticGraphOptions { Size = new ImageSize(572, 572), Batch = 1 }).Outputs["logits"].Shape.ToString());
        Assert.Equal(92, config.ContextPixels);
    }

    private static long Learned(Graph graph) =>
        graph.Parameters.Where(p => !p.Name.Contains("running_", StringComparison.Ordinal)).Sum(p => p.Shape.ElementCount!.Value);
}
