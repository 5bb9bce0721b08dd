namespace Maskwright.Formats.Datasets;

/// <summary>A way in which what was written is less than what was read.</summary>
public enum LossKind
{
    /// <summary>Holes were filled.</summary>
    HolesDropped,

    /// <summary>Parts of an object were joined into one outline.</summary>
    PartsMerged,

    /// <summary>Objects of several parts became an object for each part.</summary>
    PartsSplit,

    /// <summary>Parts of objects were left out.</summary>
    PartsDropped,

    /// <summary>Objects lost pixels to others that lie over them.</summary>
    OverlapsResolved,

    /// <summary>Objects whose corners were rounded.</summary>
    CoordinatesRounded,

    /// <summary>Polygons became pixels.</summary>
    PolygonsRasterised,

    /// <summary>Masks became polygons.</summary>
    MasksOutlined,

    /// <summary>Boxes became masks or polygons of four corners.</summary>
    BoxesFilled,

    /// <summary>Objects were left out: they have no pixel, or no shape that the format knows.</summary>
    ObjectsDropped,

    /// <summary>Images were left out.</summary>
    ImagesDropped,

    /// <summary>Boxes given beside the shape were left out.</summary>
    BoxesDropped,

    /// <summary>Areas given beside the shape were left out.</summary>
    AreasDropped,

    /// <summary>Crowd flags were left out.</summary>
    CrowdFlagsDropped,

    /// <summary>Ignore flags were left out.</summary>
    IgnoreFlagsDropped,

    /// <summary>Scores were left out.</summary>
    ScoresDropped,

    /// <summary>Objects without a score were given the score 1, which the format demands.</summary>
    ScoresMadeUp,

    /// <summary>Ids of objects were left out or replaced.</summary>
    ObjectIdsDropped,

    /// <summary>Group numbers were left out.</summary>
    GroupsDropped,

    /// <summary>Track numbers were left out.</summary>
    TracksDropped,

    /// <summary>Attributes of objects were left out.</summary>
    AttributesDropped,

    /// <summary>Attributes of objects became plain text.</summary>
    AttributesFlattened,

    /// <summary>Objects lost their category.</summary>
    CategoriesDropped,

    /// <summary>Names of categories were left out; their ids are kept.</summary>
    CategoryNamesDropped,

    /// <summary>Ids of categories were left out or replaced.</summary>
    CategoryIdsDropped,

    /// <summary>Supercategories, colours, frequencies, stuff flags or attributes of categories were left out.</summary>
    CategoryDetailsDropped,

    /// <summary>Categories without objects were left out.</summary>
    UnusedCategoriesDropped,

    /// <summary>Ids of images were left out or replaced.</summary>
    ImageIdsDropped,

    /// <summary>Names of image files were left out or changed.</summary>
    FileNamesDropped,

    /// <summary>Attributes of images were left out.</summary>
    ImageAttributesDropped,

    /// <summary>LVIS's lists of absent and incomplete categories were left out.</summary>
    ImageCategoryListsDropped,

    /// <summary>Splits were left out.</summary>
    SplitsDropped,

    /// <summary>What the data set says about itself was left out.</summary>
    InfoDropped,
}
