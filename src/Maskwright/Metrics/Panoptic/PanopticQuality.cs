using System.Runtime.InteropServices;

namespace Maskwright.Metrics;

/// <summary>Measures panoptic segmentations image by image.</summary>
/// <remarks>Kirillov et al. 2019; panopticapi <c>pq_compute</c>, equal to it. Not for several threads at once; measure apart and <see cref="Merge"/>.</remarks>
public sealed class PanopticQuality
{
    private const int Void = 0;

    private readonly Dictionary<long, TruthCategory> _categories;
    private readonly Dictionary<long, PanopticTally> _tallies;

    /// <summary>Starts with nothing measured.</summary>
    /// <param name="categories">All categories, with what is a thing.</param>
    public PanopticQuality(IReadOnlyList<TruthCategory> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        _categories = categories.ToDictionary(c => c.Id);
        _tallies = categories.ToDictionary(c => c.Id, _ => default(PanopticTally));
    }

    /// <summary>What was found of each category.</summary>
    public IReadOnlyDictionary<long, PanopticTally> Categories => _tallies;

    /// <summary>The mean over all categories.</summary>
    public PanopticAverage All => Average(_ => true);

    /// <summary>The mean over things.</summary>
    public PanopticAverage Things => Average(c => c.IsThing);

    /// <summary>The mean over stuff.</summary>
    public PanopticAverage Stuff => Average(c => !c.IsThing);

    /// <summary>Adds one image.</summary>
    /// <param name="truth">The ground truth.</param>
    /// <param name="prediction">The prediction for the same image.</param>
    /// <exception cref="ArgumentException">
    /// Sizes or image ids differ, ids of segments collide, a category is not known, or a predicted segment stands in only one of list and label map.
    /// </exception>
    public void Add(PanopticImage truth, PanopticImage prediction)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(prediction);
        if (truth.Labels.Size != prediction.Labels.Size || truth.ImageId != prediction.ImageId)
        {
            throw new ArgumentException($"The truth of image {truth.ImageId} is {truth.Labels.Size}, the prediction of image {prediction.ImageId} is {prediction.Labels.Size}.");
        }

        var shared = SharedPixels(truth.Labels.Labels, prediction.Labels.Labels);
        var (wanted, found) = (ById(truth), ById(prediction));
        var wantedAreas = Areas(shared, pair => pair.Truth);
        var foundAreas = Areas(shared, pair => pair.Prediction);
        CheckComplete(prediction, found, foundAreas);
        var matched = Match(shared, wanted, found, wantedAreas, foundAreas);
        CountMissed(wanted, matched);
        CountFalse(shared, wanted, found, foundAreas, matched);
    }

    /// <summary>Adds what another instance has measured.</summary>
    /// <param name="other">Made for the same categories.</param>
    /// <exception cref="ArgumentException">It has other categories.</exception>
    public void Merge(PanopticQuality other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!_tallies.Keys.ToHashSet().SetEquals(other._tallies.Keys))
        {
            throw new ArgumentException("Both must be made for the same categories.", nameof(other));
        }

        foreach (var (category, t) in other._tallies)
        {
            Count(category, t.TruePositives, t.FalsePositives, t.FalseNegatives, t.IouSum);
        }
    }

    private static Dictionary<(int Truth, int Prediction), long> SharedPixels(ReadOnlySpan<int> truth, ReadOnlySpan<int> prediction)
    {
        var counts = new Dictionary<(int Truth, int Prediction), long>();
        for (int start = 0, end; start < truth.Length; start = end)
        {
            var (t, p) = (truth[start], prediction[start]);
            for (end = start + 1; end < truth.Length && truth[end] == t && prediction[end] == p;)
            {
                end++;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(counts, (t, p), out _) += end - start;
        }

        return counts;
    }

    private static Dictionary<int, long> Areas(Dictionary<(int Truth, int Prediction), long> shared, Func<(int Truth, int Prediction), int> side) =>
        shared.GroupBy(pair => side(pair.Key)).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));

    private Dictionary<int, PanopticSegment> ById(PanopticImage image)
    {
        var segments = new Dictionary<int, PanopticSegment>();
        foreach (var segment in image.Segments)
        {
            if (!_categories.ContainsKey(segment.CategoryId) || !segments.TryAdd(segment.Id, segment))
            {
                throw new ArgumentException($"Image {image.ImageId}: segment {segment.Id} is there twice, or its category {segment.CategoryId} is not known.");
            }
        }

        return segments;
    }

    private static void CheckComplete(PanopticImage prediction, Dictionary<int, PanopticSegment> segments, Dictionary<int, long> areas)
    {
        if (areas.Keys.FirstOrDefault(id => id != Void && !segments.ContainsKey(id)) is var unlisted and not 0)
        {
            throw new ArgumentException($"Image {prediction.ImageId}: segment {unlisted} is drawn but not listed.");
        }

        if (segments.Keys.FirstOrDefault(id => !areas.ContainsKey(id)) is var undrawn and not 0)
        {
            throw new ArgumentException($"Image {prediction.ImageId}: segment {undrawn} is listed but not drawn.");
        }
    }

    private HashSet<(bool IsTruth, int Id)> Match(
        Dictionary<(int Truth, int Prediction), long> shared,
        Dictionary<int, PanopticSegment> wanted,
        Dictionary<int, PanopticSegment> found,
        Dictionary<int, long> wantedAreas,
        Dictionary<int, long> foundAreas)
    {
        var matched = new HashSet<(bool IsTruth, int Id)>();
        foreach (var (pair, pixels) in shared.OrderBy(s => s.Key))
        {
            if (!wanted.TryGetValue(pair.Truth, out var t) || !found.TryGetValue(pair.Prediction, out var p) || t.IsCrowd || t.CategoryId != p.CategoryId)
            {
                continue;
            }

            var union = foundAreas[p.Id] + (t.Area ?? wantedAreas[t.Id]) - pixels - shared.GetValueOrDefault((Void, p.Id));
            var iou = (double)pixels / union;
            if (iou > 0.5)
            {
                Count(t.CategoryId, 1, 0, 0, iou);
                matched.Add((true, t.Id));
                matched.Add((false, p.Id));
            }
        }

        return matched;
    }

    private void CountMissed(Dictionary<int, PanopticSegment> wanted, HashSet<(bool IsTruth, int Id)> matched)
    {
        foreach (var segment in wanted.Values.Where(s => !s.IsCrowd && !matched.Contains((true, s.Id))))
        {
            Count(segment.CategoryId, 0, 0, 1, 0);
        }
    }

    // A prediction that lies mostly on void or on its category's crowd is no mistake. Of several crowds of a category the reference knows the last.
    private void CountFalse(
        Dictionary<(int Truth, int Prediction), long> shared,
        Dictionary<int, PanopticSegment> wanted,
        Dictionary<int, PanopticSegment> found,
        Dictionary<int, long> foundAreas,
        HashSet<(bool IsTruth, int Id)> matched)
    {
        var crowds = new Dictionary<long, int>();
        foreach (var crowd in wanted.Values.Where(s => s.IsCrowd))
        {
            crowds[crowd.CategoryId] = crowd.Id;
        }

        foreach (var segment in found.Values.Where(s => !matched.Contains((false, s.Id))))
        {
            var excused = shared.GetValueOrDefault((Void, segment.Id));
            excused += crowds.TryGetValue(segment.CategoryId, out var crowd) ? shared.GetValueOrDefault((crowd, segment.Id)) : 0;
            if ((double)excused / foundAreas[segment.Id] <= 0.5)
            {
                Count(segment.CategoryId, 0, 1, 0, 0);
            }
        }
    }

    private void Count(long category, long truePositives, long falsePositives, long falseNegatives, double iou)
    {
        var t = _tallies[category];
        _tallies[category] = new(t.TruePositives + truePositives, t.FalsePositives + falsePositives, t.FalseNegatives + falseNegatives, t.IouSum + iou);
    }

    private PanopticAverage Average(Func<TruthCategory, bool> isWanted)
    {
        PanopticTally[] tallies = [.. _tallies.Where(t => isWanted(_categories[t.Key]) && t.Value.HasSegments).Select(t => t.Value)];
        return tallies.Length == 0
            ? new PanopticAverage(0, 0, 0, 0)
            : new PanopticAverage(tallies.Average(t => t.Quality), tallies.Average(t => t.SegmentationQuality), tallies.Average(t => t.RecognitionQuality), tallies.Length);
    }
}
