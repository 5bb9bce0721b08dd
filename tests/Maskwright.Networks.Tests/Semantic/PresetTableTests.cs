using System.Globalization;
using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Semantic;

public class PresetTableTests
{
    [Fact]
    [Trait("Kind", "snapshot")]
    public void Parameters_and_costs_of_every_preset_stay_as_they_are() =>
        Snapshots.Check("preset-table.md", string.Concat(SemanticNetworks.All.Select(Semantic).Concat(MaskRcnnConfig.Presets.Select(Detector))));

    private static string Semantic(SemanticNetworkConfig config)
    {
        var size = config.ContextPixels > 0 ? new ImageSize(572, 572) : new ImageSize(520, 520);
        return Row(config.Name, (config with { ClassCount = 21 }).ForInference().Build(new SemanticGraphOptions { Size = size, Batch = 1 }), 0);
    }

    private static string Detector(MaskRcnnConfig config)
    {
        var heads = MaskRcnnGraphs.Parameters(config).Where(IsLearned).Sum(p => p.Shape.ElementCount!.Value);
        return Row(config.Name, MaskRcnnGraphs.Features(config, new ImageSize(1088, 800)), heads);
    }

    private static string Row(string name, Graph graph, long parameters)
    {
        parameters = parameters > 0 ? parameters : graph.Parameters.Where(IsLearned).Sum(p => p.Shape.ElementCount!.Value);
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {parameters / 1e6:0.00} M | {GraphSummary.Of(graph).Cost!.Value.Total / 1e9:0.00} G |\n");
    }

    private static bool IsLearned(Parameter parameter) => !parameter.Name.Contains("running_", StringComparison.Ordinal);
}
