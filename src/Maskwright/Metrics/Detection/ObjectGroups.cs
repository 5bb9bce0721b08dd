namespace Maskwright.Metrics;

/// <summary>Objects and detections put together by category and image, in the order that the reference visits them.</summary>
internal sealed class ObjectGroups
{
    private readonly List<Group>[] _groups;

    public ObjectGroups(DetectionTruth truth, RatedDetection[] detections, bool isClassAgnostic)
    {
        var images = Positions(truth.Images.Select(i => i.Id), "image");
        var categories = Positions(truth.Categories.Select(c => c.Id), "category");
        CategoryIds = isClassAgnostic ? [-1] : [.. categories.Keys.Order()];
        var cells = new Dictionary<(int Category, int Image), Group>();
        Group Cell(long category, long image)
        {
            var place = images.TryGetValue(image, out var i) ? i : throw new ArgumentException($"An object lies on image {image}, which the ground truth does not have.");
            var key = (isClassAgnostic ? 0 : categories[category], place);
            return cells.TryGetValue(key, out var cell) ? cell : cells[key] = new Group([], []);
        }

        // Without categories the reference still goes through an image category by category.
        var truths = truth.Objects.Where(o => categories.ContainsKey(o.CategoryId));
        foreach (var item in isClassAgnostic ? truths.OrderBy(o => categories[o.CategoryId]) : truths)
        {
            Cell(item.CategoryId, item.ImageId).Truths.Add(item);
        }

        var found = detections.Where(d => categories.ContainsKey(d.Object.CategoryId));
        foreach (var item in isClassAgnostic ? found.OrderBy(d => categories[d.Object.CategoryId]) : found)
        {
            CheckScore(item.Object);
            Cell(item.Object.CategoryId, item.Object.ImageId).Detections.Add(item);
        }

        _groups = [.. CategoryIds.Select(_ => new List<Group>())];
        foreach (var (key, group) in cells.OrderBy(c => c.Key))
        {
            _groups[key.Category].Add(group);
        }
    }

    /// <summary>K categories, rising; one of -1 when they are not told apart.</summary>
    public IReadOnlyList<long> CategoryIds { get; }

    /// <summary>The images with objects or detections of one category, by rising id.</summary>
    public IReadOnlyList<Group> OfCategory(int category) => _groups[category];

    private static Dictionary<long, int> Positions(IEnumerable<long> ids, string what)
    {
        var positions = new Dictionary<long, int>();
        foreach (var id in ids.Order())
        {
            if (!positions.TryAdd(id, positions.Count))
            {
                throw new ArgumentException($"Two entries have the {what} id {id}.");
            }
        }

        return positions;
    }

    private static void CheckScore(DetectedObject detection)
    {
        if (double.IsNaN(detection.Score))
        {
            throw new ArgumentException($"A detection on image {detection.ImageId} has a score that is not a number.");
        }
    }

    public sealed record Group(List<TruthObject> Truths, List<RatedDetection> Detections);
}
