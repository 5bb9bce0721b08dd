using System.Globalization;

namespace Maskwright.Formats.Datasets;

/// <summary>Losses in words.</summary>
internal static class LossText
{
    public static string Of(LossReport report)
    {
        var parts = report.Entries.Select(Of).ToList();
        if (report.WorstIou is { } iou)
        {
            parts.Add(iou == 1 ? "all masks equal" : $"worst IoU {RoundedDown(iou)}");
        }

        return parts.Count == 0 ? "nothing lost" : string.Join(", ", parts);
    }

    public static string Of(LossEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Count} {Words(entry.Kind, entry.Count == 1)}");

    // A mask that is not equal must never be printed as 1.
    private static string RoundedDown(double iou) => (Math.Floor(iou * 1000) / 1000).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Words(LossKind kind, bool isOne) => kind switch
    {
        LossKind.HolesDropped => isOne ? "hole dropped" : "holes dropped",
        LossKind.PartsMerged => isOne ? "object's parts merged" : "objects' parts merged",
        LossKind.PartsSplit => isOne ? "object split into its parts" : "objects split into their parts",
        LossKind.PartsDropped => isOne ? "part dropped" : "parts dropped",
        LossKind.OverlapsResolved => isOne ? "object cut where another lies over it" : "objects cut where others lie over them",
        LossKind.CoordinatesRounded => isOne ? "object's corners rounded" : "objects' corners rounded",
        LossKind.PolygonsRasterised => isOne ? "polygon object turned into pixels" : "polygon objects turned into pixels",
        LossKind.MasksOutlined => isOne ? "mask turned into polygons" : "masks turned into polygons",
        LossKind.BoxesFilled => isOne ? "box turned into a filled shape" : "boxes turned into filled shapes",
        LossKind.ObjectsDropped => isOne ? "object left out" : "objects left out",
        LossKind.ImagesDropped => isOne ? "image left out" : "images left out",
        LossKind.BoxesDropped => isOne ? "given box dropped" : "given boxes dropped",
        LossKind.AreasDropped => isOne ? "given area dropped" : "given areas dropped",
        LossKind.CrowdFlagsDropped => isOne ? "crowd flag dropped" : "crowd flags dropped",
        LossKind.IgnoreFlagsDropped => isOne ? "ignore flag dropped" : "ignore flags dropped",
        LossKind.ScoresDropped => isOne ? "score dropped" : "scores dropped",
        LossKind.ScoresMadeUp => isOne ? "object without score given the score 1" : "objects without scores given the score 1",
        LossKind.ObjectIdsDropped => isOne ? "object id not kept" : "object ids not kept",
        LossKind.GroupsDropped => isOne ? "group number dropped" : "group numbers dropped",
        LossKind.TracksDropped => isOne ? "track number dropped" : "track numbers dropped",
        LossKind.AttributesDropped => isOne ? "attribute dropped" : "attributes dropped",
        LossKind.AttributesFlattened => isOne ? "attribute turned into text" : "attributes turned into text",
        LossKind.CategoriesDropped => isOne ? "object's category dropped" : "objects' categories dropped",
        LossKind.CategoryNamesDropped => isOne ? "category name dropped" : "category names dropped",
        LossKind.CategoryIdsDropped => isOne ? "category id not kept" : "category ids not kept",
        LossKind.CategoryDetailsDropped => isOne ? "detail of a category dropped" : "details of categories dropped",
        LossKind.UnusedCategoriesDropped => isOne ? "unused category dropped" : "unused categories dropped",
        LossKind.ImageIdsDropped => isOne ? "image id not kept" : "image ids not kept",
        LossKind.FileNamesDropped => isOne ? "file name not kept" : "file names not kept",
        LossKind.ImageAttributesDropped => isOne ? "image attribute dropped" : "image attributes dropped",
        LossKind.ImageCategoryListsDropped => isOne ? "image's list of absent or incomplete categories dropped" : "images' lists of absent or incomplete categories dropped",
        LossKind.SplitsDropped => isOne ? "image's split dropped" : "images' splits dropped",
        LossKind.InfoDropped => isOne ? "entry about the data set dropped" : "entries about the data set dropped",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of loss."),
    };
}
