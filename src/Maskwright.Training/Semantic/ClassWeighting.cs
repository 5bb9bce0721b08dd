namespace Maskwright.Training.Semantic;

/// <summary>How much each class counts.</summary>
public enum ClassWeighting
{
    /// <summary>All alike, pixel by pixel.</summary>
    Even,

    /// <summary>The median of the classes' frequencies over the class's own (Eigen and Fergus 2015): rare classes count more.</summary>
    MedianFrequency,
}
