using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Masks from clicks, boxes and earlier masks with Seedling, the network of this house.</summary>
/// <remarks><c>docs/models/seedling.md</c> tells what it was trained on, what it reaches and what it cannot do. One instance serves any number of threads.</remarks>
public sealed class SeedlingSegmenter : IPromptSegmenter, IEmbeddingStore
{
    private const string RegionPixels = "region_pixels";

    // The longest side at which it looks closer; a square window then takes about as long as a photo of 4 : 3 at 512.
    private const int CloseSide = 384;

    private readonly SeedlingConfig _config;
    private readonly IReadOnlyDictionary<string, WeightTensor> _weights;
    private readonly IDisposable? _owned;
    private readonly IGraphEngine _engine;
    private readonly Lazy<IGraphRunner> _encoder;
    private readonly SeedlingRuns _decoder;
    private readonly Lazy<string> _identity;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly bool _isShared;

    private SeedlingSegmenter(SeedlingConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IDisposable? owned, IGraphEngine? engine)
    {
        (_config, _weights, _owned, _engine) = (config, weights, owned, engine ?? new OnnxRuntimeEngine());
        _encoder = new(() => _engine.Load(SeedlingGraphs.Encoder(config), weights));
        _decoder = new(config, _engine, weights);
        _identity = new(Identity);
    }

    private SeedlingSegmenter(SeedlingSegmenter other, int workingSide)
    {
        (_config, _weights, _engine, _encoder, _decoder) = (other._config with { WorkingSide = workingSide }, other._weights, other._engine, other._encoder, other._decoder);
        _isShared = true;
        _identity = new(Identity);
    }

    /// <inheritdoc/>
    public string Name => _config.Name;

    /// <inheritdoc/>
    public double MaskThresholdLogit { get; init; }

    /// <inheritdoc/>
    public bool PrefersReadingsOfOneClick => false;

    /// <inheritdoc/>
    public string ModelIdentity => _identity.Value;

    /// <summary>The longest side at which images are looked at, in pixels.</summary>
    public int WorkingSide => _config.WorkingSide;

    /// <summary>The weights that lie inside this library.</summary>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">This build holds none; see <see cref="SeedlingWeights.AreBuiltIn"/>.</exception>
    public static SeedlingSegmenter BuiltIn(IGraphEngine? engine = null) => Of(SeedlingWeights.OpenBuiltIn(), engine);

    /// <summary>Loads a checkpoint, as training writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    public static SeedlingSegmenter Load(string path, IGraphEngine? engine = null) => Of(WeightFile.Open(path), engine);

    /// <summary>Makes a segmenter of sizes and tensors, as tests and training do.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="weights">A tensor for every parameter of <see cref="SeedlingGraphs.Parameters"/>; must stay alive until the segmenter is disposed.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <returns>The caller disposes it.</returns>
    public static SeedlingSegmenter Create(SeedlingConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IGraphEngine? engine = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        return new SeedlingSegmenter(config, weights, owned: null, engine);
    }

    /// <summary>The same network, looking at images at another size.</summary>
    /// <param name="workingSide">The longest side at which it looks at images, in pixels; a multiple of 32.</param>
    /// <returns>Works until this one is disposed; disposing it does nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The side is none that it can look at.</exception>
    public SeedlingSegmenter LookingAt(int workingSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingSide, SeedlingConfig.SideMultiple);
        ArgumentOutOfRangeException.ThrowIfNotEqual(workingSide % SeedlingConfig.SideMultiple, 0, nameof(workingSide));
        return new SeedlingSegmenter(this, workingSide) { MaskThresholdLogit = MaskThresholdLogit };
    }

    /// <summary>Makes this network look again, and closer, at what is small in a large image.</summary>
    /// <param name="whole">Who looks at whole images; null for this one, else this one behind others, as a cache.</param>
    /// <returns>Disposing it disposes <paramref name="whole"/>, or this one.</returns>
    /// <exception cref="ArgumentException"><paramref name="whole"/> cuts logits at another threshold.</exception>
    public CloserLookSegmenter LookingCloser(IPromptSegmenter? whole = null) =>
        new(whole ?? this, LookingAt(CloseSide), new CloserLookOptions { FarSide = WorkingSide, CloseSide = CloseSide });

    /// <inheritdoc/>
    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var frame = new SeedlingFrame(image.Size, WorkingSide);
        IReadOnlyDictionary<string, Tensor>? features = null;
        SeedlingRegions? regions = null;
        var imageSide = new Lazy<IReadOnlyDictionary<string, Tensor>>(() => _decoder.ImageSide(features!)); // asked for when they are there
        Action[] steps =
        [
            () =>
            {
                features = _encoder.Value.Run(new Dictionary<string, Tensor> { ["image"] = frame.Prepare(image) }, cancellationToken: cancellationToken);
                _ = imageSide.Value; // before the regions are found, so that the first prompt need not wait for it either
            },
            () => regions = SeedlingRegions.Of(image, cancellationToken),
            _decoder.Prepare, // once; so that the first prompt need not wait for it
        ];
        SideBySide.Run(steps.Length, steps.Length, i => steps[i](), cancellationToken);
        return new SeedlingEmbedding(_owner, frame, features!, regions!, imageSide); // both steps are done
    }

    /// <inheritdoc/>
    /// <remarks>Three readings a prompt, or one answer: to up to two clicks, and to a box alone, the mean of all masks' logits weighted by predicted quality, else the mask of clear prompts. A prompt that says nothing asks for the likeliest object.
    /// Of a clicked mask, pieces that no click touches stay only where the network is sure of them; of a boxed one, crumbs go.</remarks>
    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        var own = Own(embedding);
        foreach (var prompt in prompts)
        {
            prompt.Validate(own.ImageSize);
        }

        SeedlingAnswer[] answers = [.. prompts.Select(prompt => SeedlingAnswer.To(prompt, options.Multimask))];
        var (masks, mapsAPrompt) = (options.Multimask ? SeedlingAnswer.ReadingCount : 1, SeedlingConfig.Masks * (int)own.Frame.Cells.PixelCount);
        var (quality, logits) = (new float[prompts.Count * masks], new MaskLogits?[prompts.Count * masks]);
        bool IsWanted(int prompt, int mask) => quality[(prompt * masks) + mask] > options.QualityFloor;
        void Take(int done, SeedlingDrafts drafts, SeedlingRuns.Halves halves)
        {
            for (var i = 0; i < drafts.Count * masks; i++)
            {
                quality[(done * masks) + i] = answers[done + (i / masks)].Quality(drafts.QualityOf(i / masks), i % masks);
            }

            int[] worthy = [.. Enumerable.Range(0, drafts.Count).Where(prompt => Enumerable.Range(0, masks).Any(mask => IsWanted(done + prompt, mask)))];
            var maps = worthy.Length == 0 ? null : halves.Masks(own, drafts.Take(worthy), cancellationToken).Floats;
            for (var i = 0; i < worthy.Length * masks; i++)
            {
                var (prompt, mask) = (done + worthy[i / masks], i % masks);
                var all = maps.AsMemory(i / masks * mapsAPrompt, mapsAPrompt);
                logits[(prompt * masks) + mask] = IsWanted(prompt, mask)
                    ? Tidy(answers[prompt].Logits(all, drafts.QualityOf(worthy[i / masks]), mask), own.Frame, prompts[prompt])
                    : null;
            }
        }

        _decoder.Draft(own, [.. prompts.Select(prompt => Meant(prompt, own))], Take, cancellationToken);
        return new MaskPredictions(prompts.Count, masks, quality, logits);
    }

    /// <inheritdoc/>
    public void WriteEmbedding(ImageEmbedding embedding, Stream target)
    {
        var own = embedding as SeedlingEmbedding ?? throw new ArgumentException("The embedding was made by another segmenter.", nameof(embedding));
        EmbeddingFile.Write(own.ImageSize, own.Tensors.Append(KeyValuePair.Create(RegionPixels, own.Regions.ToTensor())).ToDictionary(), target);
    }

    /// <inheritdoc/>
    public ImageEmbedding ReadEmbedding(Stream source)
    {
        var (image, tensors) = EmbeddingFile.Read(source);
        var frame = new SeedlingFrame(image, WorkingSide);
        var regions = tensors.TryGetValue(RegionPixels, out var pixels) ? SeedlingRegions.FromTensor(image, pixels) : null;
        return regions is not null && SeedlingGraphs.EncoderShapes(_config, frame.Canvas).All(wanted => tensors.TryGetValue(wanted.Key, out var tensor) && tensor.Shape.SequenceEqual(wanted.Value))
            ? new SeedlingEmbedding(_owner, frame, tensors, regions, new(() => _decoder.ImageSide(tensors)))
            : throw new InvalidDataException("The embedding cannot be read: its tensors are not this network's.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShared)
        {
            return;
        }

        if (_encoder.IsValueCreated)
        {
            _encoder.Value.Dispose();
        }

        _decoder.Dispose();

        _owned?.Dispose();
    }

    internal SeedlingEmbedding Own(ImageEmbedding embedding) => embedding is SeedlingEmbedding seedling && seedling.Owner == _owner
        ? seedling
        : throw new ArgumentException("The embedding was made by another segmenter.", nameof(embedding));

    private static SeedlingSegmenter Of(WeightFile file, IGraphEngine? engine)
    {
        try
        {
            var config = SeedlingWeights.ConfigOf(file);
            return new SeedlingSegmenter(config, SeedlingWeights.Fit(config, file), file, engine);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private string Identity() => WeightIdentity.Of($"{Name}-{WorkingSide}", _weights, _engine);

    private static Prompt Meant(Prompt prompt, SeedlingEmbedding embedding) =>
        prompt.Points.Count == 0 && prompt.Box is null && prompt.MaskHint is null ? ObjectnessMap.Of(embedding).Likeliest() : prompt;

    private MaskLogits Tidy(Memory<float> logits, SeedlingFrame frame, Prompt prompt)
    {
        StrayPieces.Drop(logits.Span, frame.Cells, prompt, frame.Logits, MaskThresholdLogit);
        return new MaskLogits(logits, frame.Cells.Width, frame.Cells.Height, frame.Logits);
    }
}
