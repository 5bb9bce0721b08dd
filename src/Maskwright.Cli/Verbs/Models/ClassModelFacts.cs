using System.Globalization;
using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;

namespace Maskwright.Cli.Verbs.Models;

/// <summary>What a checkpoint of known classes is and costs.</summary>
internal static class ClassModelFacts
{
    private static readonly ImageSize s_semanticSize = new(512, 512);
    private static readonly ImageSize s_detectorCanvas = new(1088, 800);

    /// <summary>The facts; null when the checkpoint is of another kind.</summary>
    public static List<(string Name, string Value)>? Of(string path)
    {
        using var file = WeightFile.Open(path);
        return NetworkRecognition.Semantic(file) is { } semantic ? Semantic(file, semantic) : NetworkRecognition.Instances(file) is { } detector ? Detector(file, detector) : null;
    }

    private static List<(string Name, string Value)> Semantic(WeightFile file, SemanticNetworkConfig config)
    {
        var summary = GraphSummary.Of(config.Build(new SemanticGraphOptions { Size = s_semanticSize, Batch = 1 }));
        return [.. Common(file, config.Name, config.ClassCount, summary.ParameterCount), ("an image", Cost(summary, s_semanticSize)), ("for", "maskwright label")];
    }

    private static List<(string Name, string Value)> Detector(WeightFile file, MaskRcnnConfig config)
    {
        var features = GraphSummary.Of(MaskRcnnGraphs.Features(config, s_detectorCanvas));
        var count = MaskRcnnGraphs.Parameters(config).Sum(p => p.Shape.ElementCount!.Value); // parameters have known sizes
        return [.. Common(file, config.Name, config.ClassCount, count), ("backbone and proposals", Cost(features, s_detectorCanvas)), ("for", "maskwright instances")];
    }

    private static List<(string Name, string Value)> Common(WeightFile file, string name, int classes, long parameters) =>
    [
        ("network", $"{name}, told from its {(file.Metadata.Count > 0 ? "header" : "tensors")}"),
        ("classes", $"{classes}: {string.Join(", ", (NetworkMetadata.ClassNames(file) ?? CommonClassNames.For(classes)).Take(30))}{(classes > 30 ? ", ..." : string.Empty)}"),
        ("parameters", parameters.ToString("N0", CultureInfo.InvariantCulture)),
    ];

    private static string Cost(GraphSummary summary, ImageSize size) => summary.Cost is { } cost
        ? string.Create(CultureInfo.InvariantCulture, $"{cost.Total / 1e9:0.##} GMAC at {size}")
        : "unknown";
}
