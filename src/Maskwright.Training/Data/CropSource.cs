using Maskwright.Geometry;
using Maskwright.Training.Augmentation;

namespace Maskwright.Training.Data;

/// <summary>Draws training crops: first a set by its weight, then a photo, then an object, then a place that shows it.</summary>
/// <remarks>The crop of a step and a place in its batch depends only on these and the seed. For any number of threads.</remarks>
internal sealed class CropSource
{
    private const double WholeObjectProbability = 0.75;

    private readonly ExampleCache _cache;
    private readonly int[][] _bySet;
    private readonly double[] _weights;
    private readonly AugmentationOptions _options;
    private readonly ColourVariation _colours;
    private readonly long _seed;

    public CropSource(IReadOnlyList<TrainingExample> examples, Func<string, double> weightOfSet, AugmentationOptions options, IImageCodec? codec, long seed, long cacheBytes)
    {
        var sets = examples.Index().GroupBy(e => e.Item.Set).Where(set => weightOfSet(set.Key) > 0).ToList();
        if (sets.Count == 0)
        {
            throw new ArgumentException("No example belongs to a set of positive weight.", nameof(examples));
        }

        _cache = new ExampleCache(examples, cacheBytes);
        _bySet = [.. sets.Select(set => set.Select(e => e.Index).ToArray())];
        _weights = [.. sets.Select(set => weightOfSet(set.Key))];
        _options = options;
        _colours = new ColourVariation(options, codec);
        _seed = seed;
    }

    /// <summary>How many photos crops are drawn from.</summary>
    public int Count => _bySet.Sum(set => set.Length);

    /// <summary>The crop at a place of a batch.</summary>
    /// <param name="step">The batch's number.</param>
    /// <param name="slot">The place.</param>
    /// <param name="side">S, what the crop is about.</param>
    /// <param name="margin">Pixels on each side that it shows beyond; where they leave the photo they show its mirror image.</param>
    /// <param name="scales">How large photos are shown; null for the options' scales.</param>
    public TrainingCrop Draw(long step, int slot, int side, int margin = 0, ScaleRange? scales = null)
    {
        var shown = scales ?? new ScaleRange(_options.MinScale, _options.MaxScale);
        var random = new SampleRandom(_seed, step, slot);
        var outer = side + (2 * margin);
        var crop = random.Chance(_options.Mosaic) && outer % 2 == 0
            ? Mosaic.Join([.. Enumerable.Range(0, 4).Select(_ => DrawPlain(random, outer / 2, 0.5, 0, shown))])
            : DrawPlain(random, side, 1, margin, shown);
        if (random.Chance(_options.CopyPaste))
        {
            CopyPaste.Paste(crop, DrawPlain(random, side, 1, margin, shown), random);
        }

        return crop with { Pixels = _colours.Apply(crop.Pixels, outer, random), Margin = margin };
    }

    private TrainingCrop DrawPlain(SampleRandom random, int side, double scale, int margin, ScaleRange scales)
    {
        var set = _bySet[random.Pick(_weights)];
        var place = set[random.Next(set.Length)];
        var example = _cache[place];
        var annotation = example.Annotations[random.Next(example.Annotations.Count)];
        var (placement, outer) = (Place(annotation, random, side, scale, scales).Widened(margin), side + (2 * margin));
        var field = HappensTo(_options.Elastic, random) ? ElasticField.Draw(outer, _options.ElasticKnots, scale * _options.ElasticPixels, random) : null;
        var view = new CropView(placement, outer, field, IsMirrored: margin > 0);
        return new TrainingCrop(
            outer,
            CropRendering.Photo(example.Image, view),
            [.. annotation.Layers.Select(layer => CropRendering.Layer(layer, annotation.Size.Width, annotation.Size.Height, view))],
            annotation.IsExhaustive)
        {
            Classes = annotation.Objects.ToDictionary(o => o.Id, o => o.Class),
            Sources = [_cache.NameOf(place)],
        };
    }

    private CropPlacement Place(ObjectLayers annotation, SampleRandom random, int side, double factor, ScaleRange scales)
    {
        var size = annotation.Size;
        var scale = factor * _options.NominalSide / size.LongestSide * scales.Draw(random);
        var aspect = Math.Sqrt(1 + random.Between(-_options.AspectJitter, _options.AspectJitter));
        var (scaleX, scaleY) = (scale * aspect, scale / aspect);
        PixelRect? focus = annotation.Objects.Count > 0 ? SizeBalance.Pick(annotation.Objects, _options.FocusSizesAlike, random).Bounds : null;
        var centre = new PixelPoint(
            Centre(size.Width, side / scaleX, focus?.X, focus?.Right, random),
            Centre(size.Height, side / scaleY, focus?.Y, focus?.Bottom, random));
        var degrees = random.Chance(_options.Rotation) ? random.Between(-_options.MaxRotationDegrees, _options.MaxRotationDegrees) : 0;
        var isFlipped = random.Chance(_options.Flip);
        var isUpsideDown = HappensTo(_options.FlipVertical, random); // a mirrored image, turned by half
        var quarters = (HappensTo(_options.QuarterTurn, random) ? 1 + random.Next(3) : 0) + (isUpsideDown ? 2 : 0);
        return CropPlacement.Around(centre, side, scaleX, scaleY, (degrees + (90 * quarters)) * Math.PI / 180, isFlipped ^ isUpsideDown);
    }

    // What never happens draws no number, so that a setting left alone changes no crop.
    private static bool HappensTo(double probability, SampleRandom random) => probability > 0 && random.Chance(probability);

    // Along one axis: a view of some extent on a photo of some length, that shows the focus where it can and does not leave the photo needlessly.
    private static double Centre(int length, double extent, int? focusStart, int? focusEnd, SampleRandom random)
    {
        var (low, high) = (0.0, length - extent);
        if (extent >= length)
        {
            return random.Between(high, low) + (extent / 2);
        }

        if (focusStart is { } start && focusEnd is { } end)
        {
            var isWhole = end - start <= extent && random.Chance(WholeObjectProbability);
            var seen = random.Between(start, end);
            var (first, last) = isWhole ? (end - extent, (double)start) : (seen - extent, seen);
            (low, high) = (Math.Clamp(first, low, high), Math.Clamp(last, low, high));
        }

        return random.Between(low, high) + (extent / 2);
    }
}
