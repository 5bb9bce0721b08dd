using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Semantic;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Tests;

/// <summary>A model that finds bright pixels, and answers a prompt with them; knows nothing, but tells what it was asked.</summary>
internal sealed class FakeModels : IModelSource
{
    public List<ModelRequest> Requests { get; } = [];

    public List<Prompt> Prompts { get; } = [];

    public List<bool> AskedForSeveral { get; } = [];

    public bool PrefersReadings { get; init; } = true;

    public List<GenerationSettings> Settings { get; } = [];

    /// <summary>What happens before an image is looked at.</summary>
    public Action<RgbImage> OnImage { get; init; } = _ => { };

    /// <summary>How many masks an image has.</summary>
    public int Masks { get; init; } = 2;

    public long PeakBytes { get; init; } = 1000;

    public LoadedModel Load(ModelRequest request, Surroundings surroundings, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return new LoadedModel
        {
            Segmenter = new Segmenter(this),
            GeneratorFor = settings =>
            {
                Settings.Add(settings);
                return new Generator(this);
            },
            PeakBytes = (_, _) => PeakBytes,
        };
    }

    public ClassModel<ISemanticSegmenter> LoadSemantic(ClassModelRequest request, ViewOptions options, Surroundings surroundings) => throw new NotSupportedException();

    public ClassModel<IInstanceSegmenter> LoadInstances(ClassModelRequest request, InstanceSettings settings, Surroundings surroundings) => throw new NotSupportedException();

    private static BinaryMask Bright(RgbImage image)
    {
        var mask = new BinaryMask(image.Size);
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            mask[i % image.Width, i / image.Width] = image.Pixels[i * 3] > 127;
        }

        return mask;
    }

    private sealed class Generator(FakeModels model) : IMaskGenerator
    {
        public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
        {
            model.OnImage(image);
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new GenerationProgress("looking", 1, 2));
            var mask = RunLengthMask.FromMask(Bright(image));
            var proposals = Enumerable.Range(0, model.Masks)
                .Select(i => new MaskProposal(mask, 0.9 - (0.1 * i)) { StabilityScore = 0.97, PromptPoint = new PixelPoint(8.5, 4), CropBox = image.Size.Bounds }).ToList();
            return new GenerationResult(proposals, new GenerationReport([new GenerationStage("pred_iou_thresh", 3, model.Masks, model.Masks == 0 ? "0.5 would keep 3." : null)]));
        }
    }

    private sealed class Segmenter(FakeModels model) : IPromptSegmenter
    {
        public string Name => "fake";

        public double MaskThresholdLogit => 0;

        public bool PrefersReadingsOfOneClick => model.PrefersReadings;

        public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
        {
            model.OnImage(image);
            return new Embedding(image);
        }

        public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
        {
            model.Prompts.AddRange(prompts);
            model.AskedForSeveral.Add(options.Multimask);
            var image = ((Embedding)embedding).Image;
            var masks = options.Multimask ? 3 : 1;
            var mask = Bright(image);
            var values = Enumerable.Range(0, image.Width * image.Height).Select(i => mask[i % image.Width, i / image.Width] ? 5f : -5f).ToArray();
            var logits = new MaskLogits(values, image.Width, image.Height, LogitFrame.Identity(image.Size));
            var quality = Enumerable.Range(0, prompts.Count * masks).Select(i => 0.5f + (0.1f * (i % masks))).ToArray();
            return new MaskPredictions(prompts.Count, masks, quality, [.. quality.Select(_ => logits)]);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Embedding(RgbImage image) : ImageEmbedding(image.Size)
    {
        public RgbImage Image => image;
    }
}
