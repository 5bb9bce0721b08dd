namespace Maskwright.Networks.Semantic;

/// <summary>The class names of public checkpoints that carry none.</summary>
public static class CommonClassNames
{
    /// <summary>PASCAL VOC's 20 classes after the background, as torchvision's and most other semantic checkpoints count them.</summary>
    public static IReadOnlyList<string> Voc { get; } =
    [
        "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse", "motorbike", "person",
        "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    /// <summary>COCO's 80 objects at their original numbers 1 to 90, as torchvision's detectors count them; numbers without a class are called N/A.</summary>
    public static IReadOnlyList<string> Coco { get; } =
    [
        "background", "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light", "fire hydrant", "N/A", "stop sign",
        "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "N/A", "backpack", "umbrella", "N/A", "N/A",
        "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite", "baseball bat", "baseball glove", "skateboard", "surfboard",
        "tennis racket", "bottle", "N/A", "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple", "sandwich", "orange", "broccoli", "carrot",
        "hot dog", "pizza", "donut", "cake", "chair", "couch", "potted plant", "bed", "N/A", "dining table", "N/A", "N/A", "toilet", "N/A", "tv", "laptop", "mouse",
        "remote", "keyboard", "cell phone", "microwave", "oven", "toaster", "sink", "refrigerator", "N/A", "book", "clock", "vase", "scissors", "teddy bear",
        "hair drier", "toothbrush",
    ];

    /// <summary>The names for a number of classes: VOC's for 21, COCO's for 91, else numbers.</summary>
    /// <param name="classCount">K, at least 1.</param>
    public static IReadOnlyList<string> For(int classCount) => classCount switch
    {
        21 => Voc,
        91 => Coco,
        _ => [.. Enumerable.Range(0, classCount).Select(k => $"class {k}")],
    };
}
