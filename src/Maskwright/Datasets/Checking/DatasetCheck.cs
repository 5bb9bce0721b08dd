using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Datasets.Checking;

/// <summary>Finds what is wrong with a data set: with its entries, with its masks, and between its parts.</summary>
/// <remarks>One image is in memory at a time; of every image a fingerprint and its name are kept.</remarks>
public sealed class DatasetCheck
{
    private readonly DatasetCheckOptions _options;
    private readonly ObjectChecking _objects;
    private readonly Dictionary<string, PartTally> _parts = [];
    private readonly List<(string Part, string Image)> _seen = [];
    private readonly LookAlikes _pictures = new();
    private readonly List<DatasetFinding> _findings = [];

    /// <summary>Prepares a check.</summary>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public DatasetCheck(DatasetCheckOptions? options = null)
    {
        _options = options ?? new DatasetCheckOptions();
        _options.Validate();
        _objects = new ObjectChecking(_options);
    }

    /// <summary>Everything found so far, in the order in which it was found.</summary>
    public IReadOnlyList<DatasetFinding> Findings => _findings;

    /// <summary>What each part of the data holds, in the order in which the parts were given.</summary>
    public IReadOnlyCollection<PartTally> Parts => _parts.Values;

    /// <summary>Gets each finding at once, with the image and its picture where there is one; null when nobody wants to know.</summary>
    public Action<DatasetFinding, AnnotatedImage?, RgbImage?>? Found { get; init; }

    /// <summary>Gets every image after it was looked at, with its picture where it could be read; null when nobody wants to know.</summary>
    public Action<AnnotatedImage, RgbImage?>? Looked { get; init; }

    /// <summary>Looks at a part of the data.</summary>
    /// <param name="dataset">The data; its images are gone through once.</param>
    /// <param name="part">The part's name, such as <c>train</c>; an image's own <see cref="AnnotatedImage.Split"/> goes before it.</param>
    /// <param name="open">Reads an image's picture, upright; null leaves the pictures out. What it throws becomes a finding.</param>
    /// <param name="cancellationToken">Looked at between images.</param>
    public void Look(AnnotatedDataset dataset, string part, Func<AnnotatedImage, RgbImage>? open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(part);
        var isEmpty = true;
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Look(image, Tally(image.Split ?? part, dataset.Categories), open);
            isEmpty = false;
        }

        if (isEmpty)
        {
            Tally(part, dataset.Categories);
        }
    }

    /// <summary>Notes something that a reader had to leave out.</summary>
    /// <param name="finding">The finding.</param>
    public void Note(DatasetFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        Add(finding, null, null);
    }

    /// <summary>Looks at what only the whole shows: classes without members, classes missing from a part.</summary>
    public void Conclude()
    {
        foreach (var part in _parts.Values)
        {
            foreach (var name in part.ObjectsByCategory.Where(entry => entry.Value == 0).Select(entry => entry.Key))
            {
                var elsewhere = _parts.Values.FirstOrDefault(other => other.ObjectsByCategory.GetValueOrDefault(name) > 0);
                Add(
                    elsewhere is null
                        ? new DatasetFinding(FindingKind.ClassWithoutMembers, FindingSeverity.Suspicion, $"the class {name} has no object") { Part = part.Name, Category = name }
                        : new DatasetFinding(FindingKind.ClassOnlyInOnePart, FindingSeverity.Suspicion, $"the class {name} has no object here, but {elsewhere.ObjectsByCategory[name]} in {elsewhere.Name}") { Part = part.Name, Category = name },
                    null,
                    null);
            }
        }
    }

    private PartTally Tally(string name, IReadOnlyList<DatasetCategory> categories)
    {
        if (!_parts.TryGetValue(name, out var tally))
        {
            tally = new PartTally(name);
            _parts.Add(name, tally);
        }

        tally.Know(categories);
        return tally;
    }

    private void Look(AnnotatedImage image, PartTally part, Func<AnnotatedImage, RgbImage>? open)
    {
        var picture = open is null ? null : Open(image, part.Name, open);
        var masks = _objects.Check(image, finding => Add(finding with { Image = image.FileName, Part = part.Name }, image, picture));
        part.Count(image, masks);
        if (image.Objects.Count == 0)
        {
            Add(new DatasetFinding(FindingKind.ImageWithoutObjects, FindingSeverity.Note, "nothing is annotated on it") { Image = image.FileName, Part = part.Name }, image, picture);
        }

        if (picture is not null)
        {
            CompareWithOthers(image, part.Name, picture);
        }

        if (picture is not null && picture.Size == image.Size && _options.ChecksEdges)
        {
            CompareWithEdges(image, part.Name, picture, masks);
        }

        Looked?.Invoke(image, picture);
    }

    private RgbImage? Open(AnnotatedImage image, string part, Func<AnnotatedImage, RgbImage> open)
    {
        try
        {
            var picture = open(image);
            if (picture.Size != image.Size)
            {
                Add(new DatasetFinding(FindingKind.SizeDisagrees, FindingSeverity.Error, $"it is {picture.Size}, the data set says {image.Size}") { Image = image.FileName, Part = part }, image, picture);
            }

            return picture;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Add(new DatasetFinding(FindingKind.MissingImage, FindingSeverity.Error, "its file is not there") { Image = image.FileName, Part = part }, image, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UnsupportedFormatException)
        {
            var reason = e is InvalidImageException invalid ? invalid.Reason : e.Message;
            Add(new DatasetFinding(FindingKind.UnreadableImage, FindingSeverity.Error, $"it cannot be read: {reason}") { Image = image.FileName, Part = part }, image, null);
        }

        return null;
    }

    private void CompareWithOthers(AnnotatedImage image, string part, RgbImage picture)
    {
        var hash = PerceptualHash.Of(picture);
        if (_pictures.Find(hash, _options.LookAlikeBits) is [var (index, distance), ..])
        {
            var other = _seen[index];
            var words = distance == 0 ? "is a copy of" : $"looks like ({distance} of {PerceptualHash.Bits} bits apart)";
            var finding = other.Part == part
                ? new DatasetFinding(FindingKind.DuplicateImage, FindingSeverity.Suspicion, $"{words} {other.Image}")
                : new DatasetFinding(FindingKind.Leakage, FindingSeverity.Error, $"{words} {other.Image} of {other.Part}");
            Add(finding with { Image = image.FileName, Part = part, Other = other, Weight = -distance }, image, picture);
        }

        _pictures.Add(hash);
        _seen.Add((part, image.FileName));
    }

    private void CompareWithEdges(AnnotatedImage image, string part, RgbImage picture, RunLengthMask?[] masks)
    {
        var edges = EdgeMap.Of(picture);
        for (var i = 0; i < masks.Length; i++)
        {
            var item = image.Objects[i];
            if (masks[i] is not { } mask || item.IsCrowd || item.Shape is BoxShape || EdgeAgreement.Measure(edges, mask.ToBinaryMask()) is not { } agreement)
            {
                continue;
            }

            if (Judge(item, agreement) is { } finding)
            {
                Add(finding with { Image = image.FileName, Part = part, ObjectId = item.Id, ObjectIndex = i, Category = item.Category.Name }, image, picture);
            }
        }
    }

    private DatasetFinding? Judge(AnnotatedObject item, EdgeAgreement agreement)
    {
        var gain = agreement.ShiftedStrength - agreement.Strength;
        if (agreement.ShiftPixels >= _options.MinShiftPixels && gain > _options.MinEdgeGain)
        {
            var across = agreement.ShiftX == 0 ? null : $"{Math.Abs(agreement.ShiftX)} px {(agreement.ShiftX > 0 ? "right" : "left")}";
            var down = agreement.ShiftY == 0 ? null : $"{Math.Abs(agreement.ShiftY)} px {(agreement.ShiftY > 0 ? "down" : "up")}";
            return new DatasetFinding(
                FindingKind.ShiftedMask,
                FindingSeverity.Suspicion,
                FormattableString.Invariant($"the mask of a {item.Category.Name} fits the edges better {string.Join(" and ", new[] { across, down }.OfType<string>())} (edge rank {agreement.Strength:0.00}, there {agreement.ShiftedStrength:0.00})")) { Weight = gain };
        }

        return agreement.Strength < _options.MinEdgeStrength
            ? new DatasetFinding(FindingKind.BorderWithoutEdges, FindingSeverity.Suspicion, FormattableString.Invariant($"the border of a {item.Category.Name} lies on no edges (edge rank {agreement.Strength:0.00}; at random 0.50)")) { Weight = -agreement.Strength }
            : null;
    }

    private void Add(DatasetFinding finding, AnnotatedImage? image, RgbImage? picture)
    {
        _findings.Add(finding);
        Found?.Invoke(finding, image, picture);
    }
}
