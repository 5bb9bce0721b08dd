namespace Maskwright.Formats.Datasets;

/// <summary>How a data set is read.</summary>
public sealed record DatasetReadOptions
{
    /// <summary>The defaults: the first fault ends the reading.</summary>
    public static DatasetReadOptions Default { get; } = new();

    /// <summary>The folder of the images, for formats that need their sizes and for callers that want the pictures; null lets the reader look where the format keeps them.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>The folder of mask or label images beside an annotation file (COCO panoptic); null for the format's customary place.</summary>
    public string? MaskFolder { get; init; }

    /// <summary>The COCO file whose images and categories a file of results is for; null when there is none.</summary>
    public string? GroundTruthPath { get; init; }

    /// <summary>True: what is wrong is left out and told to <see cref="Skipped"/>. False: the first fault ends the reading with an exception.</summary>
    public bool KeepsGoing { get; init; }

    /// <summary>Gets everything that was left out, once on every pass over the images and once on opening; null when nobody wants to know.</summary>
    public Action<SkippedItem>? Skipped { get; init; }

    /// <summary>Deals with a fault: throws it, or tells <see cref="Skipped"/> and returns so that the reader can go on with the next item.</summary>
    /// <param name="fault">The fault.</param>
    /// <exception cref="InvalidAnnotationException">The fault, unless <see cref="KeepsGoing"/>.</exception>
    public void Handle(InvalidAnnotationException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (!KeepsGoing)
        {
            throw fault;
        }

        Skipped?.Invoke(new SkippedItem(fault.Path, fault.Line, fault.Reason));
    }

    /// <summary>Tells of something sound that is no region and was left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">1-based line; null when the place has no line.</param>
    /// <param name="reason">Which entry, and why, without a full stop.</param>
    public void PassOver(string path, long? line, string reason) => Skipped?.Invoke(new SkippedItem(path, line, reason, IsFault: false));
}
