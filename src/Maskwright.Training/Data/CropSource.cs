using Maskwright.Geometry;
using Maskwright.Training.Augmentation;

namespace Maskwright.Training.Data;

/// <summary>Draws training crops: first a set by its weight, then a photo, then an object, then a place that shows it.</summary>
/// <remarks>The crop of a step and a place in its batch depends only on these and the seed. For one thread, because of the cache.</remarks>
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
    public TrainingCrop Draw(long step, int slot, int side)
    {
        var random = new SampleRandom(_seed, step, slot);
        var crop = random.Chance(_options.Mosaic) && side % 2 == 0
            ? Mosaic.Join([.. Enumerable.Range(0, 4).Select(_ => DrawPlain(random, side / 2, 0.5))])
            : DrawPlain(random, side, 1);
        if (random.Chance(_options.CopyPaste))
        {
            CopyPaste.Paste(crop, DrawPlain(random, side, 1), random);
        }

        return crop with { Pixels = _colours.Apply(crop.Pixels, side, random) };
    }

    private TrainingCrop DrawPlain(SampleRandom random, int side, double scale)
    {
        var set = _bySet[random.Pick(_weights)];
        var place = set[random.Next(set.Length)];
        var example = _cache[place];
        var annotation = example.Annotations[random.Next(example.Annotations.Count)];
        var placement = Place(annotation, random, side, scale);
        return new TrainingCrop(
            side,
            CropRendering.Photo(example.Image, placement, side),
            [.. annotation.Layers.Select(layer => CropRendering.Layer(layer, annotation.Size.Width, annotation.Size.Height, placement, side))],
            annotation.IsExhaustive)
        {
            Classes = annotation.Objects.ToDictionary(o => o.Id, o => o.Class),
            Sources = [_cache.NameOf(place)],
        };
    }

    private CropPlacement Place(ObjectLayers annotation, SampleRandom random, int side, double factor)
    {
        var size = annotation.Size;
        var scale = factor * _options.NominalSide / size.LongestSide * random.LogBetween(_options.MinScale, _options.MaxScale);
        var aspect = Math.Sqrt(1 + random.Between(-_options.AspectJitter, _options.AspectJitter));
        var (scaleX, scaleY) = (scale * aspect, scale / aspect);
        PixelRect? focus = annotation.Objects.Count > 0 ? SizeBalance.Pick(annotation.Objects, _options.FocusSizesAlike, random).Bounds : null;
        var centre = new PixelPoint(
            Centre(size.Width, side / scaleX, focus?.X, focus?.Right, random),
            Centre(size.Height, side / scaleY, focus?.Y, focus?.Bottom, random));
        var degrees = random.Chance(_options.Rotation) ? random.Between(-_options.MaxRotationDegrees, _options.MaxRotationDegrees) : 0;
        return CropPlacement.Around(centre, side, scaleX, scaleY, degrees * Math.PI / 180, random.Chance(_options.Flip));
    }

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
