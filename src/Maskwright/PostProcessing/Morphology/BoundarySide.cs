namespace Maskwright.PostProcessing;

/// <summary>On which side of a border pixels are wanted.</summary>
public enum BoundarySide
{
    /// <summary>Pixels of the mask.</summary>
    Inner,

    /// <summary>Pixels around the mask.</summary>
    Outer,

    /// <summary>Both.</summary>
    Both,
}
