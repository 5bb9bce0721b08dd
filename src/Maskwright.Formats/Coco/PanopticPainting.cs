using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>The objects of an image painted into one map of ids.</summary>
internal sealed class PanopticPainting
{
    private const int MaxId = (1 << 24) - 1;

    private PanopticPainting(LabelMap labels, IReadOnlyList<Segment> segments) => (Labels, Segments) = (labels, segments);

    /// <summary>The id of every pixel; 0 where no object is.</summary>
    public LabelMap Labels { get; }

    /// <summary>The objects that have a pixel, in the image's order.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Paints an image, and counts what others cover.</summary>
    public static PanopticPainting Paint(AnnotatedImage image, LossTally tally)
    {
        var layers = ObjectLayers.Of(image, tally);
        var ids = new IdAssignment();
        var idOf = new int[image.Objects.Count + 1];
        var segments = new List<Segment>();
        foreach (var (index, visible, isWhole) in layers.Objects)
        {
            var item = image.Objects[index];
            var id = ids.Assign(item.Id is > 0 and <= MaxId ? item.Id : null, out var isKept);
            tally.Add(LossKind.ObjectIdsDropped, image, index, item.Id is null || (isKept && id == item.Id) ? 0 : 1);
            idOf[index + 1] = (int)id;
            segments.Add(new Segment(
                (int)id,
                item,
                isWhole ? item.Area ?? visible.Area : visible.Area,
                isWhole ? item.Box ?? ObjectBox.Around(visible.Bounds) : ObjectBox.Around(visible.Bounds)));
        }

        foreach (ref var label in layers.Labels.Labels)
        {
            label = idOf[label];
        }

        return new PanopticPainting(layers.Labels, segments);
    }

    /// <summary>One object as it is written.</summary>
    internal sealed record Segment(int Id, AnnotatedObject Object, double Area, ObjectBox Box);
}
