namespace Maskwright.Metrics;

/// <summary>LVIS: in how many training images a category appears.</summary>
public enum CategoryFrequency
{
    /// <summary>1 to 10 images (<c>r</c>).</summary>
    Rare,

    /// <summary>11 to 100 images (<c>c</c>).</summary>
    Common,

    /// <summary>More than 100 images (<c>f</c>).</summary>
    Frequent,
}
