using Maskwright.Graphs;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Sam;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>A network of the SAM family, from a checkpoint or from ONNX files.</summary>
internal static class NetworkModel
{
    // Measured with SlimSAM-77 and ViT-B on ONNX Runtime at 1 to 256 prompts: what the runtime itself holds, how often the weights are held while they
    // are loaded, and what the decoder takes for a prompt; the segmenter answers only a few at once, however many it is given.
    private const long RuntimeBytes = 220_000_000;
    private const long MoreBytesOnTorch = 600_000_000; // libtorch itself, and attention logits, of which it writes 256 MB at a time with their sum
    private const double WeightCopies = 2.5;
    private const long BytesAPrompt = 75_000_000;
    private const int MostPromptsAtOnce = 4;
    private const long UnknownEncoderBytes = 1_000_000_000;

    private static readonly Dictionary<string, string> NamesByType = new()
    {
        ["vit_b"] = SamConfig.VitB.Name,
        ["vit_l"] = SamConfig.VitL.Name,
        ["vit_h"] = SamConfig.VitH.Name,
        ["vit_t"] = "mobile-sam",
    };

    /// <exception cref="ToolException">The checkpoint holds another network than was asked for.</exception>
    /// <exception cref="IOException">The files cannot be used.</exception>
    public static LoadedModel Load(ResolvedModel resolved, ModelRequest request, PrecisionChoice choice, Surroundings surroundings)
    {
        var segmenter = LoadSegmenter(resolved, request, choice);
        if (request.RequiredType is { } type && segmenter.Name != NamesByType[type])
        {
            var found = segmenter.Name;
            segmenter.Dispose();
            throw new ToolException(ExitCode.Model, $"{request.Name}: holds {found}, not the {type} that --model-type asks for");
        }

        var weightBytes = resolved.Files.Sum(file => new FileInfo(file.LocalPath).Length);
        var encoderBytes = EncoderBytes(segmenter.Name);
        var cached = request.CacheFolder is { } folder ? new CachingPromptSegmenter(segmenter, new EmbeddingCacheOptions { Folder = folder, Faults = new CacheFaults(surroundings) }) : segmenter;
        if (segmenter is SeedlingSegmenter seedling)
        {
            return SeedlingModel.Around(seedling, cached, request, choice.Note);
        }

        return new LoadedModel
        {
            Segmenter = cached,
            Note = choice.Note,
            GeneratorFor = settings => GridGenerator.Over(cached, settings, new AutomaticMaskOptions()),
            PeakBytes = (_, prompts) => RuntimeBytes + (choice.Engine == ModelEngine.Torch ? MoreBytesOnTorch : 0) + (long)(weightBytes * WeightCopies) + encoderBytes + (Math.Min(prompts, MostPromptsAtOnce) * BytesAPrompt),
        };
    }

    private static IPromptSegmenter LoadSegmenter(ResolvedModel resolved, ModelRequest request, PrecisionChoice choice)
    {
        try
        {
            return choice.Engine == ModelEngine.Onnx
                ? ModelLoader.LoadPromptSegmenter(resolved, choice.OnnxOptions(request.Device))
                : ModelLoader.LoadPromptSegmenter(resolved, choice.MakeEngine(request.Device));
        }
        catch (NotSupportedException fault)
        {
            var option = choice.Precision == ModelPrecision.Float32 ? "--engine torch" : "--precision";
            throw new ToolException(ExitCode.Usage, $"{fault.Message} Leave {option} out.", fault);
        }
    }

    private static long EncoderBytes(string name) => SamConfig.Presets.FirstOrDefault(preset => preset.Name == name) is { } config
        ? GraphSummary.Of(SamGraphs.Encoder(config)).PeakActivationBytes ?? UnknownEncoderBytes
        : UnknownEncoderBytes;

    // A cache that cannot be used makes a run slower, not wrong: it is told, and the work goes on.
    private sealed class CacheFaults(Surroundings surroundings) : IProgress<EmbeddingCacheFault>
    {
        public void Report(EmbeddingCacheFault value) =>
            surroundings.Error.WriteLine($"maskwright: embedding cache: {value.Path}: {value.Reason} (--no-cache does without)");
    }
}
