using System.Collections.Frozen;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>One file of the SA-1B data set: an object with <c>image</c> and <c>annotations</c>, in either order.</summary>
internal sealed class Sa1bFile(string path, DatasetReadOptions options, IdSet objectIds)
{
    /// <summary>The fields of an image that have places of their own in the model.</summary>
    public static readonly FrozenSet<string> FieldsOfImage = FrozenSet.ToFrozenSet(["image_id", "width", "height", "file_name", "attributes"]);

    private static readonly FrozenSet<string> s_ofObject = FrozenSet.ToFrozenSet(["id", "segmentation", "area", "bbox", "predicted_iou", "attributes"]);

    private readonly List<(AnnotatedObject Object, InvalidAnnotationException OtherSize)> _objects = [];
    private AnnotatedImage? _image;

    /// <exception cref="InvalidAnnotationException">The file is not JSON, a field is missing or wrong, an id stands there twice.</exception>
    public AnnotatedImage Read(CancellationToken cancellationToken)
    {
        using var json = new JsonItemReader(path);
        if (json.Next(out _) != JsonTokenType.StartObject)
        {
            throw json.Fault("the file does not hold one object with image and annotations");
        }

        var hasAnnotations = false;
        while (json.Next(out var name) == JsonTokenType.PropertyName)
        {
            switch (name)
            {
                case "image":
                    ReadImage(json);
                    break;
                case "annotations":
                    hasAnnotations = true;
                    ReadObjects(json, cancellationToken);
                    break;
                default:
                    json.Skip();
                    options.PassOver(path, null, $"'{name}' at the root is no field of SA-1B and is not carried along");
                    break;
            }
        }

        json.ExpectEnd();
        return hasAnnotations ? Finish(_image ?? throw json.Fault("'image' is missing")) : throw json.Fault("'annotations' is missing");
    }

    private AnnotatedImage Finish(AnnotatedImage image)
    {
        var kept = new List<AnnotatedObject>(_objects.Count);
        foreach (var (read, otherSize) in _objects)
        {
            if (read.Shape is MaskShape { Mask.Size: var size } && size != image.Size)
            {
                options.Handle(otherSize);
            }
            else
            {
                kept.Add(read);
            }
        }

        return image with { Objects = kept };
    }

    private void ReadImage(JsonItemReader json)
    {
        using var value = json.ValueUpTo(1 << 20) ?? throw json.Fault("'image' is longer than 1 MB");
        try
        {
            var item = new CocoItem(value.RootElement);
            _image = new AnnotatedImage(item.Has("file_name") ? item.Text("file_name") : string.Empty, item.Size(), [])
            {
                Id = item.Has("image_id") ? item.Id("image_id") : null,
                Attributes = CocoExtraFields.Read(item, FieldsOfImage),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw json.Fault($"'image': {(e is FormatException ? e.Message : "a text is not valid Unicode")}");
        }
    }

    private void ReadObjects(JsonItemReader json, CancellationToken cancellationToken)
    {
        foreach (var read in json.Items("annotations", Object, cancellationToken, onFault: options.Handle))
        {
            var size = read.Shape is MaskShape shape ? shape.Mask.Size : default;
            _objects.Add((read, json.FaultOfItem($"the mask is {size}, and not of the image's size")));
        }
    }

    private AnnotatedObject Object(CocoItem item)
    {
        long? id = item.Has("id") ? item.Id("id") : null;
        if (id is { } number && !objectIds.Add(number))
        {
            throw new FormatException($"the id {number} stands there twice, or in another file as well");
        }

        var mask = item.Shape()?.Runs ?? throw new FormatException("'segmentation' is no mask of run lengths");
        return new AnnotatedObject(DatasetCategory.Unlabelled, new MaskShape(mask))
        {
            Id = id,
            Area = item.Has("area") ? item.Number("area") : null,
            Box = item.Has("bbox") && item.Box("bbox") is var box && box != BoxOf(mask) ? box : null,
            Score = item.Has("predicted_iou") ? item.Number("predicted_iou") : null,
            Attributes = CocoExtraFields.Read(item, s_ofObject),
        };
    }

    /// <summary>The box as segment-anything counts: from the first to the last column and row, both inclusive, so one short.</summary>
    public static ObjectBox BoxOf(RunLengthMask mask) => mask.Area == 0
        ? default
        : new ObjectBox(mask.Bounds.X, mask.Bounds.Y, mask.Bounds.Width - 1, mask.Bounds.Height - 1);
}
