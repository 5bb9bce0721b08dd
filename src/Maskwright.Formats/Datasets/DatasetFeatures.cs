namespace Maskwright.Formats.Datasets;

/// <summary>What a data set can have and a format may be unable to hold. What a format declares here it writes and reads back unchanged.</summary>
[Flags]
public enum DatasetFeatures : long
{
    /// <summary>Nothing but one image's objects.</summary>
    None = 0,

    /// <summary>Polygons without holes come back corner by corner, to the last bit.</summary>
    ExactVertices = 1L << 0,

    /// <summary>A mask of any form comes back pixel for pixel, as pixels or as polygons that fill to them.</summary>
    ExactPixels = 1L << 1,

    /// <summary>Holes stay holes.</summary>
    Holes = 1L << 2,

    /// <summary>An object of several parts stays one object.</summary>
    Parts = 1L << 3,

    /// <summary>Two objects may share pixels.</summary>
    Overlap = 1L << 4,

    /// <summary>Objects of which only the box is known (<see cref="Maskwright.Datasets.BoxShape"/>).</summary>
    BoxShapes = 1L << 5,

    /// <summary>Boxes given beside the shape.</summary>
    Boxes = 1L << 6,

    /// <summary>Areas given beside the shape.</summary>
    Areas = 1L << 7,

    /// <summary>Crowd flags.</summary>
    Crowds = 1L << 8,

    /// <summary>Flags that ask not to count an object.</summary>
    IgnoreFlags = 1L << 9,

    /// <summary>Scores.</summary>
    Scores = 1L << 10,

    /// <summary>Ids of objects.</summary>
    ObjectIds = 1L << 11,

    /// <summary>Group numbers of objects.</summary>
    Groups = 1L << 12,

    /// <summary>Track numbers of objects.</summary>
    Tracks = 1L << 13,

    /// <summary>Attributes of objects, at least as text.</summary>
    Attributes = 1L << 14,

    /// <summary>Attributes of objects of every kind, nested lists and groups included, told apart from text.</summary>
    TypedAttributes = 1L << 15,

    /// <summary>Categories of objects, by name.</summary>
    Categories = 1L << 16,

    /// <summary>Ids of categories.</summary>
    CategoryIds = 1L << 17,

    /// <summary>Supercategories.</summary>
    Supercategories = 1L << 18,

    /// <summary>Whether categories are things or stuff.</summary>
    Stuff = 1L << 19,

    /// <summary>Colours of categories.</summary>
    Colours = 1L << 20,

    /// <summary>LVIS: frequencies of categories, and the absent and incomplete categories of images.</summary>
    Frequencies = 1L << 21,

    /// <summary>Categories without objects.</summary>
    UnusedCategories = 1L << 22,

    /// <summary>Ids of images.</summary>
    ImageIds = 1L << 23,

    /// <summary>Names of image files.</summary>
    FileNames = 1L << 24,

    /// <summary>More than one image.</summary>
    SeveralImages = 1L << 25,

    /// <summary>Images without objects.</summary>
    EmptyImages = 1L << 26,

    /// <summary>Attributes of images.</summary>
    ImageAttributes = 1L << 27,

    /// <summary>Which part of the data set (train, val) an image belongs to.</summary>
    Splits = 1L << 28,

    /// <summary>What the data set says about itself.</summary>
    Info = 1L << 29,

    /// <summary>Objects without a pixel.</summary>
    EmptyObjects = 1L << 30,

    /// <summary>Polygons with holes come back corner by corner, to the last bit.</summary>
    ExactHoleVertices = 1L << 31,

    /// <summary>Attributes of categories.</summary>
    CategoryAttributes = 1L << 32,
}
