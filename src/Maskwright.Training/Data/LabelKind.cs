namespace Maskwright.Training.Data;

/// <summary>What the numbers of a label map mean.</summary>
public enum LabelKind
{
    /// <summary>A class a pixel; an object is an 8-connected component of one class.</summary>
    Classes,

    /// <summary>Every pixel belongs to a region, 0 included.</summary>
    Regions,

    /// <summary>An object a number; 0 is background.</summary>
    Instances,

    /// <summary>1 is a body, 2 the core inside it: components of everything above 0, and components of 2.</summary>
    Nested,
}
