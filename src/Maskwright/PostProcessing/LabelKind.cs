namespace Maskwright.PostProcessing;

/// <summary>What the numbers of a label map stand for.</summary>
public enum LabelKind
{
    /// <summary>Classes: every connected region (8 neighbours) of one class is an object.</summary>
    Classes,

    /// <summary>Regions: every label is an object, 0 as well; together they cover the image.</summary>
    Regions,

    /// <summary>Instances: every label but the background is an object, connected or not.</summary>
    Instances,

    /// <summary>A part within a whole: 1 is the whole without its part, 2 the part. Connected regions of both together, and of 2 alone, are objects.</summary>
    Nested,
}
