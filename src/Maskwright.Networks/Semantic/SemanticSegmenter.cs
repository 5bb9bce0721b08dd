using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Semantic;

/// <summary>Gives every pixel a class with any of the semantic networks; large images are looked at part by part, and the parts are blended.</summary>
public sealed class SemanticSegmenter : ISemanticSegmenter
{
    // Logits, probabilities, their sum and one of them at another size; weights are held as they lie and as the runtime packs them.
    private const int ScoreCopies = 4;
    private const int WeightCopies = 2;

    private readonly SemanticNetworkConfig _config;
    private readonly ViewOptions _options;
    private readonly IGraphRunner _runner;
    private readonly WeightFile? _owned;

    private SemanticSegmenter(SemanticNetworkConfig config, IReadOnlyList<string> classNames, ViewOptions options, IGraphRunner runner, WeightFile? owned)
    {
        (_config, ClassNames, _options, _runner, _owned) = (config, classNames, options, runner, owned);
    }

    /// <inheritdoc/>
    public string Name => _config.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Loads a checkpoint: one of this house, or one of torchvision, milesial, VainF or say4n. Which network it holds is told from its header or its tensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to look at images; null for the defaults.</param>
    /// <param name="classNames">One name a class; null for those that the checkpoint carries, else those that are usual for the number of classes.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged, or holds no semantic network that is known.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    /// <exception cref="ArgumentException">The names are not one a class, or an option is out of its range.</exception>
    public static SemanticSegmenter Load(string path, ViewOptions? options = null, IReadOnlyList<string>? classNames = null, IGraphEngine? engine = null)
    {
        var file = WeightFile.Open(path);
        try
        {
            var config = NetworkRecognition.Semantic(file) ?? throw NetworkRecognition.Stranger(file, "one of the semantic networks: FCN, U-Net, SegNet, DeepLab, LR-ASPP");
            var wanted = config.Build().Parameters.Select(p => new ParameterShape(p.Name, p.Shape.ToSizes())).ToArray();
            var names = classNames ?? NetworkMetadata.ClassNames(file) ?? CommonClassNames.For(config.ClassCount);
            return Create(config, KeyMap.Resolve(config.Layouts, wanted, file), names, options, engine, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes a segmenter of sizes and tensors, as tests and training do.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="weights">Tensors by the network's names; must stay alive until the segmenter is disposed.</param>
    /// <param name="classNames">One name a class.</param>
    /// <param name="options">How to look at images; null for the defaults.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="ArgumentException">The names are not one a class, or an option is out of its range.</exception>
    public static SemanticSegmenter Create(
        SemanticNetworkConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<string> classNames, ViewOptions? options = null, IGraphEngine? engine = null) =>
        Create(config, weights, classNames, options, engine, owned: null);

    /// <inheritdoc/>
    public LabelMap Label(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (WorkingSize(image.Size) is { } size)
        {
            return ScoreEnlargement.Labels(ScoreWhole(image, size, cancellationToken), _config.ClassCount, size, image.Size);
        }

        var labels = new LabelRows(_config.ClassCount, image.Size);
        ScoreInParts(image, labels, cancellationToken);
        return labels.Result;
    }

    /// <inheritdoc/>
    public ClassProbabilities Probabilities(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var probabilities = new ProbabilityRows(ClassNames, image.Size);
        if (WorkingSize(image.Size) is { } size)
        {
            var scores = BilinearPlane.Resize(ScoreWhole(image, size, cancellationToken), _config.ClassCount, size, image.Size);
            probabilities.Take(0, image.Height, scores, (int)image.Size.PixelCount);
        }
        else
        {
            ScoreInParts(image, probabilities, cancellationToken);
        }

        return probabilities.Result;
    }

    // Null where the image is looked at as it is.
    private ImageSize? WorkingSize(ImageSize image)
    {
        var side = _options.WorkingSide ?? _config.WorkingSide;
        var scale = (double)side / image.LongestSide;
        return side == 0 || side == image.LongestSide
            ? null
            : new ImageSize(Math.Max(1, (int)Math.Round(image.Width * scale)), Math.Max(1, (int)Math.Round(image.Height * scale)));
    }

    private float[] ScoreWhole(RgbImage image, ImageSize size, CancellationToken cancellationToken) =>
        new TileScoring(_config, _runner, _options).Score(Samples(PillowResize.Resize(image, size), 0, 0, size), size, cancellationToken);

    private void ScoreInParts(RgbImage image, IScoreRows result, CancellationToken cancellationToken)
    {
        var scoring = new TileScoring(_config, _runner, _options);
        var strips = new ScoreStrips(_config.ClassCount, image.Size, _options, result);
        foreach (var top in strips.Tops)
        {
            foreach (var left in strips.Lefts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var size = new ImageSize(Math.Min(_options.TileSide, image.Width), Math.Min(_options.TileSide, image.Height));
                strips.Add(scoring.Score(Samples(image, left, top, size), size, cancellationToken), left);
            }

            strips.FinishRows(top);
        }
    }

    /// <summary>About how many bytes a run takes for an image of a size: weights, maps and scores, the image itself not counted.</summary>
    /// <param name="image">The image's size.</param>
    public long PeakBytes(ImageSize image)
    {
        var working = WorkingSize(image);
        var (width, height) = working is { } whole ? (whole.Width, whole.Height) : (Math.Min(_options.TileSide, image.Width), Math.Min(_options.TileSide, image.Height));
        var scale = Math.Max(1, _options.Scales.Max());
        var side = new ImageSize(Side(width, scale), Side(height, scale));
        var summary = GraphSummary.Of(_config.Build(new SemanticGraphOptions { Size = side, Batch = 1 }));
        var scores = (long)_config.ClassCount * height * ((ScoreCopies * width) + (working is null ? image.Width : 0)) * sizeof(float);
        return (summary.PeakActivationBytes ?? 0) + (WeightCopies * summary.ParameterBytes) + scores;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _owned?.Dispose();
    }

    private static SemanticSegmenter Create(
        SemanticNetworkConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<string> classNames, ViewOptions? options, IGraphEngine? engine, WeightFile? owned)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(classNames);
        options ??= new ViewOptions();
        options.Validate();
        if (classNames.Count != config.ClassCount)
        {
            throw new ArgumentException($"{config.Name} has {config.ClassCount} classes, but {classNames.Count} names are given.", nameof(classNames));
        }

        return new SemanticSegmenter(config, classNames, options, (engine ?? new OnnxRuntimeEngine()).Load(config.ForInference().Build(), weights), owned);
    }

    private int Side(int side, double scale) => _config.OutputSideFor((int)(side * scale)) + (2 * _config.ContextPixels);

    // The part and what the network must see around it; beyond the image's border its mirror image.
    private float[] Samples(RgbImage image, int left, int top, ImageSize size)
    {
        var margin = _config.ContextPixels;
        var (width, height) = (size.Width + (2 * margin), size.Height + (2 * margin));
        var part = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            var row = image.Pixels.Slice(3 * image.Width * MirrorBorder.Mirror(top + y - margin, image.Height), 3 * image.Width);
            for (var x = 0; x < width; x++)
            {
                row.Slice(3 * MirrorBorder.Mirror(left + x - margin, image.Width), 3).CopyTo(part.AsSpan(3 * ((y * width) + x)));
            }
        }

        var samples = new float[part.Length];
        _config.Normalisation.Apply(part, samples);
        return samples;
    }
}
