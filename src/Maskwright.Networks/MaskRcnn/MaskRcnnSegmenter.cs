using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Keys;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Semantic;
using Maskwright.Segmentation;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Finds objects of known classes with a Mask R-CNN.</summary>
public sealed class MaskRcnnSegmenter : IInstanceSegmenter
{
    // The pyramid leaves the first graph and goes into the others; weights are held as they lie and as the runtime packs them.
    private const int MapCopies = 2;
    private const int WeightCopies = 2;

    private readonly MaskRcnnConfig _config;
    private readonly ViewOptions _views;
    private readonly MaskRcnnNetwork _network;
    private readonly WeightFile? _owned;

    private MaskRcnnSegmenter(
        MaskRcnnConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<string> classNames, ViewOptions? views, IGraphEngine? engine, WeightFile? owned)
    {
        views ??= ViewOptions.Whole;
        views.Validate();
        if (classNames.Count != config.ClassCount)
        {
            throw new ArgumentException($"{config.Name} has {config.ClassCount} classes, background counted, but {classNames.Count} names are given.", nameof(classNames));
        }

        (_config, ClassNames, _views, _owned) = (config, classNames, views, owned);
        _network = new MaskRcnnNetwork(InstanceViews.LessSure(config, views), weights, engine ?? new OnnxRuntimeEngine());
    }

    /// <inheritdoc/>
    public string Name => _config.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Loads a checkpoint: one of this house, or one of torchvision's. Which form it holds is told from its header or its tensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="adjust">Changes thresholds and sizes of the image; null for those of the checkpoint.</param>
    /// <param name="classNames">One name a class, background first; null for those that the checkpoint carries, else those that are usual for the number of classes.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <param name="views">How to look at images; null for once, in one piece.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="InvalidWeightsException">The file is damaged, or holds no Mask R-CNN.</exception>
    /// <exception cref="WeightMismatchException">Tensors are missing, extra or of other shapes.</exception>
    /// <exception cref="ArgumentException">The names are not one a class, or an option is out of its range.</exception>
    public static MaskRcnnSegmenter Load(
        string path, Func<MaskRcnnConfig, MaskRcnnConfig>? adjust = null, IReadOnlyList<string>? classNames = null, IGraphEngine? engine = null, ViewOptions? views = null)
    {
        var file = WeightFile.Open(path);
        try
        {
            var config = NetworkRecognition.Instances(file) ?? throw NetworkRecognition.Stranger(file, "a Mask R-CNN of a known form");
            config = adjust?.Invoke(config) ?? config;
            var wanted = MaskRcnnGraphs.Parameters(config).Select(p => new ParameterShape(p.Name, p.Shape.ToSizes())).ToArray();
            var names = classNames ?? NetworkMetadata.ClassNames(file) ?? CommonClassNames.For(config.ClassCount);
            return new MaskRcnnSegmenter(config, KeyMap.Resolve(MaskRcnnConfig.Layouts, wanted, file), names, views, engine, file);
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
    /// <param name="classNames">One name a class, background first.</param>
    /// <param name="engine">Runs the network; null for ONNX Runtime on all cores.</param>
    /// <param name="views">How to look at images; null for once, in one piece.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="ArgumentException">The names are not one a class, or an option is out of its range.</exception>
    public static MaskRcnnSegmenter Create(
        MaskRcnnConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<string> classNames, IGraphEngine? engine = null, ViewOptions? views = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(classNames);
        return new MaskRcnnSegmenter(config, weights, classNames, views, engine, owned: null);
    }

    /// <inheritdoc/>
    /// <remarks><see cref="MaskProposal.PredictedIou"/> is the detection's score.</remarks>
    public IReadOnlyList<MaskProposal> Find(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var views = InstanceViews.Of(image.Size, _views);
        var found = new List<ViewedObject>();
        foreach (var view in views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = view.Area.Size == image.Size ? image : image.Crop(view.Area);
            found.AddRange(_network.Find(ResizedImage.Of(view.IsFlipped ? InstanceViews.Flipped(part) : part, InstanceViews.At(view.Scale, _config)), cancellationToken)
                .Select(answer => InstanceViews.Placed(answer, view, image.Size)));
        }

        var merged = views.Count == 1 ? found : ViewMerging.Merge(found, views.Max(view => view.Pass) + 1);
        return
        [
            .. merged.Where(o => o.Score > _config.ScoreThreshold).Take(_config.DetectionsPerImage)
                .Select(o => new MaskProposal(o.Mask, o.Score) { Label = ClassNames[o.Class], ClassNumber = o.Class }),
        ];
    }

    /// <summary>About how many bytes a run takes for an image of a size: weights and maps, the image itself and the masks not counted.</summary>
    /// <param name="image">The image's size.</param>
    public long PeakBytes(ImageSize image)
    {
        var part = new ImageSize(Math.Min(image.Width, _views.TileSide), Math.Min(image.Height, _views.TileSide));
        var largest = InstanceViews.At(_views.Scales.Max(), _config);
        var canvases = new[] { part, image }.Select(size => ResizedImage.CanvasOf(size, largest)); // the whole image is looked at too
        var features = GraphSummary.Of(MaskRcnnGraphs.Features(_config, canvases.MaxBy(canvas => canvas.PixelCount)));
        return MapCopies * (features.PeakActivationBytes ?? 0) + (WeightCopies * MaskRcnnGraphs.Parameters(_config).Sum(p => p.Shape.ElementCount!.Value * sizeof(float))); // parameters have known sizes
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _owned?.Dispose();
    }
}
