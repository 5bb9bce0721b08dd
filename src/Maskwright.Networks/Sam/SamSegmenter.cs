using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Sam;

/// <summary>Masks from clicks, boxes and earlier masks with the SAM family: SAM, SlimSAM, MobileSAM.</summary>
/// <remarks>Kirillov et al. 2023; segment-anything <c>predictor.py</c> at dca509f. Deviation: a click outside the image is refused.</remarks>
public sealed class SamSegmenter : IPromptSegmenter, IEmbeddingStore
{
    // The decoder's activations grow with the prompts of a run (some 50 MB each); more at once save some 2 % of the time.
    private const int MostPromptsInRun = 4;

    private readonly ISamBackend _backend;
    private readonly string _owner = Guid.NewGuid().ToString("N");

    internal SamSegmenter(ISamBackend backend) => _backend = backend;

    /// <inheritdoc/>
    public string Name => _backend.Name;

    /// <inheritdoc/>
    public double MaskThresholdLogit { get; init; }

    /// <inheritdoc/>
    public bool PrefersReadingsOfOneClick => true;

    /// <inheritdoc/>
    public string ModelIdentity => _backend.Identity;

    /// <summary>S, the side of the square canvas that an image is fitted onto, in pixels.</summary>
    public int CanvasSide => _backend.CanvasSide;

    /// <summary>Loads a checkpoint: <c>.safetensors</c>, <c>.pth</c> or <c>.pt</c> in the original or the Hugging Face layout. Sizes are read off its tensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged or is not a SAM.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    public static SamSegmenter Load(string path, IGraphEngine? engine = null)
    {
        engine ??= new OnnxRuntimeEngine();
        var checkpoint = SamCheckpoint.Open(path);
        return new SamSegmenter(new GraphSamBackend(checkpoint.Config, engine, checkpoint.Weights, checkpoint));
    }

    /// <summary>Opens a SAM that is given as ONNX files, in segment-anything's layout or in that of Hugging Face's split export.</summary>
    /// <param name="files">The encoder and the decoder.</param>
    /// <param name="engine">Runs them; null for ONNX Runtime on all cores.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">A file cannot be run, or the layout is neither of the two.</exception>
    public static SamSegmenter Open(OnnxSamFiles files, OnnxRuntimeEngine? engine = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new SamSegmenter(OnnxSamBackend.Open(files, engine ?? new OnnxRuntimeEngine()));
    }

    /// <summary>Makes a segmenter of sizes and tensors, as tests and training do.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="weights">Tensors by the original names; must stay alive until the segmenter is disposed.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <param name="foldsPrompts">True to compute clicks and boxes by what they add to the image; false to compute the decoder as it was published, to compare with.</param>
    /// <returns>The caller disposes it.</returns>
    public static SamSegmenter Create(SamConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IGraphEngine? engine = null, bool foldsPrompts = true)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        return new SamSegmenter(new GraphSamBackend(config, engine ?? new OnnxRuntimeEngine(), weights, owner: null) { FoldsPrompts = foldsPrompts });
    }

    /// <inheritdoc/>
    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var transform = new FrameTransform(image.Size, CanvasSide);
        return new SamEmbedding(_owner, transform, _backend.Encode(transform.Prepare(image), cancellationToken));
    }

    /// <inheritdoc/>
    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        var own = embedding is SamEmbedding sam && sam.Owner == _owner ? sam : throw new ArgumentException("The embedding was made by another segmenter.", nameof(embedding));
        foreach (var prompt in prompts)
        {
            prompt.Validate(own.ImageSize);
        }

        float[] quality = [];
        MaskLogits?[] logits = [];
        var masksPerPrompt = 1;
        foreach (var batch in PromptBatch.Of(prompts, own.Transform, _backend.LogitSide).SelectMany(b => b.Split(MostPromptsInRun)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = _backend.Decode(own.Tensors, batch, options.Multimask, options.QualityFloor, cancellationToken);
            if (quality.Length == 0)
            {
                masksPerPrompt = (int)answers.Quality.Shape[1];
                (quality, logits) = (new float[prompts.Count * masksPerPrompt], new MaskLogits?[prompts.Count * masksPerPrompt]);
            }

            Scatter(batch, answers, own.Transform, quality, logits);
        }

        return new MaskPredictions(prompts.Count, masksPerPrompt, quality, logits);
    }

    /// <inheritdoc/>
    public void WriteEmbedding(ImageEmbedding embedding, Stream target)
    {
        var own = embedding as SamEmbedding ?? throw new ArgumentException("The embedding was made by another segmenter.", nameof(embedding));
        EmbeddingFile.Write(own.ImageSize, own.Tensors, target);
    }

    /// <inheritdoc/>
    public ImageEmbedding ReadEmbedding(Stream source)
    {
        var (image, tensors) = EmbeddingFile.Read(source);
        return new SamEmbedding(_owner, new FrameTransform(image, CanvasSide), tensors);
    }

    /// <inheritdoc/>
    public void Dispose() => _backend.Dispose();

    private static void Scatter(PromptBatch batch, SamAnswers answers, FrameTransform transform, float[] quality, MaskLogits?[] logits)
    {
        var perPrompt = (int)answers.Quality.Shape[1];
        for (var p = 0; p < batch.Count; p++)
        {
            answers.Quality.Floats.AsSpan(p * perPrompt, perPrompt).CopyTo(quality.AsSpan(batch.Indices[p] * perPrompt));
        }

        for (var i = 0; answers.Masks is { } masks && i < answers.Masked.Count; i++)
        {
            var (height, width) = ((int)masks.Shape[2], (int)masks.Shape[3]);
            for (var m = 0; m < perPrompt; m++)
            {
                var map = masks.Floats.AsMemory(((i * perPrompt) + m) * height * width, height * width);
                logits[(batch.Indices[answers.Masked[i]] * perPrompt) + m] = new MaskLogits(map, width, height, transform.Logits);
            }
        }
    }
}
