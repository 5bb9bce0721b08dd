namespace Maskwright.Formats.Datasets;

/// <summary>What a data set can have and a format may be unable to hold. What a format declares here it writes and reads back unchanged.</summary>
[Flags]
public enum DatasetFeatures
{
    /// <summary>Nothing but one image's objects.</summary>
    None = 0,

    /// <summary>Polygons come back corner by corner, to the last bit.</summary>
    ExactVertices = 1 << 0,

    /// <summary>A mask of any form comes back pixel for pixel, as pixels or as polygons that fill to them.</summary>
    ExactPixels = 1 << 1,

    /// <summary>Holes stay holes.</summary>
    Holes = 1 << 2,

    /// <summary>An object of several parts stays one object.</summary>
    Parts = 1 << 3,

    /// <summary>Two objects may share pixels.</summary>
    Overlap = 1 << 4,

    /// <summary>Objects of which only the box is known (<see cref="Maskwright.Datasets.BoxShape"/>).</summary>
    BoxShapes = 1 << 5,

    /// <summary>Boxes given beside the shape.</summary>
    Boxes = 1 << 6,

    /// <summary>Areas given beside the shape.</summary>
    Areas = 1 << 7,

    /// <summary>Crowd flags.</summary>
    Crowds = 1 << 8,

    /// <summary>Flags that ask not to count an object.</summary>
    IgnoreFlags = 1 << 9,

    /// <summary>Scores.</summary>
    Scores = 1 << 10,

    /// <summary>Ids of objects.</summary>
    ObjectIds = 1 << 11,

    /// <summary>Group numbers of objects.</summary>
    Groups = 1 << 12,

    /// <summary>Track numbers of objects.</summary>
    Tracks = 1 << 13,

    /// <summary>Attributes of objects that are texts, numbers or flags.</summary>
    Attributes = 1 << 14,

    /// <summary>Attributes of objects of every kind, nested lists and groups included, told apart from text.</summary>
    TypedAttributes = 1 << 15,

    /// <summary>Categories of objects, by name.</summary>
    Categories = 1 << 16,

    /// <summary>Ids of categories.</summary>
    CategoryIds = 1 << 17,

    /// <summary>Supercategories.</summary>
    Supercategories = 1 << 18,

    /// <summary>Whether categories are things or stuff.</summary>
    Stuff = 1 << 19,

    /// <summary>Colours of categories.</summary>
    Colours = 1 << 20,

    /// <summary>LVIS: frequencies of categories, and the absent and incomplete categories of images.</summary>
    Frequencies = 1 << 21,

    /// <summary>Categories without objects.</summary>
    UnusedCategories = 1 << 22,

    /// <summary>Ids of images.</summary>
    ImageIds = 1 << 23,

    /// <summary>Names of image files.</summary>
    FileNames = 1 << 24,

    /// <summary>More than one image.</summary>
    SeveralImages = 1 << 25,

    /// <summary>Images without objects.</summary>
    EmptyImages = 1 << 26,

    /// <summary>Attributes of images.</summary>
    ImageAttributes = 1 << 27,

    /// <summary>Which part of the data set (train, val) an image belongs to.</summary>
    Splits = 1 << 28,

    /// <summary>What the data set says about itself.</summary>
    Info = 1 << 29,

    /// <summary>Objects without a pixel.</summary>
    EmptyObjects = 1 << 30,
}
