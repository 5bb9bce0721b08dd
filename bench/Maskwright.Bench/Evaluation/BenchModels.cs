using System.Globalization;
using Maskwright.Cli;
using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Networks.Classic;
using Maskwright.Networks.Semantic;
using Maskwright.Segmentation;

namespace Maskwright.Bench.Evaluation;

/// <summary>The tool's models, and some to compare with: <c>grabcut</c>, OpenCV's, for boxes; <c>classic@320</c>, the classic model at another working side.</summary>
internal sealed class BenchModels(string python) : IModelSource
{
    private const string ClassicAt = "classic@";

    private readonly ModelSource _others = new();

    public LoadedModel Load(ModelRequest request, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (request.Name == "grabcut")
        {
            return Loaded(new GrabCutSegmenter(python), _ => throw new ToolException(ExitCode.Usage, "grabcut answers boxes only: --measure box"));
        }

        if (!request.Name.StartsWith(ClassicAt, StringComparison.Ordinal))
        {
            return _others.Load(request, surroundings, cancellationToken);
        }

        var options = new ClassicOptions { WorkingSide = int.Parse(request.Name.AsSpan(ClassicAt.Length), CultureInfo.InvariantCulture) };
        return Loaded(new ClassicSegmenter(options), settings => new ClassicSegmenter(options with
        {
            MinPredictedIou = settings.PredIouThreshold ?? options.MinPredictedIou,
            MaxProposals = settings.MaxProposals ?? options.MaxProposals,
        }));
    }

    public ClassModel<ISemanticSegmenter> LoadSemantic(ClassModelRequest request, ViewOptions options, Surroundings surroundings) =>
        _others.LoadSemantic(request, options, surroundings);

    public ClassModel<IInstanceSegmenter> LoadInstances(ClassModelRequest request, InstanceSettings settings, Surroundings surroundings) =>
        _others.LoadInstances(request, settings, surroundings);

    private static LoadedModel Loaded(IPromptSegmenter segmenter, Func<GenerationSettings, IMaskGenerator> generator) =>
        new() { Segmenter = segmenter, GeneratorFor = generator, PeakBytes = (_, _) => 0 };
}
