using Maskwright.Cli.Options;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>Networks for known classes, from checkpoints.</summary>
internal static class ClassModels
{
    private const long RuntimeBytes = 220_000_000;

    /// <exception cref="IOException">The file cannot be used.</exception>
    /// <exception cref="ToolException">The class names do not fit.</exception>
    public static ClassModel<ISemanticSegmenter> Semantic(ResolvedModel resolved, ClassModelRequest request, SemanticOptions options)
    {
        var choice = Choice(request);
        var segmenter = Named(request, () => SemanticSegmenter.Load(Weights(resolved, "label"), options, request.ClassNames, choice.MakeEngine(request.Device)));
        return new(segmenter, size => RuntimeBytes + segmenter.PeakBytes(size), choice.Note);
    }

    /// <exception cref="IOException">The file cannot be used.</exception>
    /// <exception cref="ToolException">The class names do not fit.</exception>
    public static ClassModel<IInstanceSegmenter> Instances(ResolvedModel resolved, ClassModelRequest request, InstanceSettings settings)
    {
        var choice = Choice(request);
        var segmenter = Named(request, () => MaskRcnnSegmenter.Load(Weights(resolved, "instances"), settings.Over, request.ClassNames, choice.MakeEngine(request.Device)));
        return new(segmenter, size => RuntimeBytes + segmenter.PeakBytes(size), choice.Note);
    }

    private static PrecisionChoice Choice(ClassModelRequest request) => PrecisionChoice.Of(engine: null, request.Precision, request.Device, isMeasured: false);

    private static string Weights(ResolvedModel model, string verb) => model.PathOf(ModelFileRole.Weights)
        ?? throw new ToolException(ExitCode.Model, $"{model.Name}: knows no classes; maskwright {verb} takes a network that was trained for some (maskwright models list)");

    private static T Named<T>(ClassModelRequest request, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (ArgumentException e) when (request.ClassNames is not null)
        {
            throw new ToolException(ExitCode.Usage, $"--classes: {Failure.MessageOf(e)}", e);
        }
    }
}
