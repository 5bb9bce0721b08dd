namespace Maskwright.Datasets.Checking;

/// <summary>What can be wrong with a data set.</summary>
public enum FindingKind
{
    /// <summary>An entry of the data set's files is malformed and could not be read.</summary>
    MalformedEntry,

    /// <summary>The file of an image is not there.</summary>
    MissingImage,

    /// <summary>The file of an image is there, but is not an image, is damaged, or may not be read.</summary>
    UnreadableImage,

    /// <summary>An image has another width or height than the data set says.</summary>
    SizeDisagrees,

    /// <summary>An outline crosses itself, so that its inside depends on who fills it.</summary>
    SelfCrossing,

    /// <summary>An object lies wholly outside its image.</summary>
    OutsideImage,

    /// <summary>A part of an object's outline or box lies outside its image.</summary>
    PartlyOutside,

    /// <summary>An object has no pixel.</summary>
    EmptyMask,

    /// <summary>An object's box or area, as the data set gives them, are not those of its mask.</summary>
    MeasureDisagrees,

    /// <summary>Two objects of one class on one image are the same, or nearly.</summary>
    DuplicateObject,

    /// <summary>An image stands in the data set twice, or a copy of it does.</summary>
    DuplicateImage,

    /// <summary>An image of one part of the data (training) looks like an image of another part (validation).</summary>
    Leakage,

    /// <summary>A class has no object.</summary>
    ClassWithoutMembers,

    /// <summary>A class of the training part does not occur in another part, or the other way round.</summary>
    ClassOnlyInOnePart,

    /// <summary>An image has no object.</summary>
    ImageWithoutObjects,

    /// <summary>A mask's border would lie on much stronger edges a few pixels away.</summary>
    ShiftedMask,

    /// <summary>A mask's border runs where the image has fewer edges than elsewhere.</summary>
    BorderWithoutEdges,
}
