namespace Maskwright.Training.Validation;

/// <summary>Something that is measured.</summary>
/// <param name="Name">As reports call it.</param>
/// <param name="MoreIsBetter">Whether higher values are better.</param>
internal sealed record ValidationMeasure(string Name, bool MoreIsBetter = true)
{
    /// <summary>Whether a value is better than another; any number is better than none.</summary>
    public bool IsBetter(double value, double than) => !double.IsNaN(value) && (double.IsNaN(than) || (MoreIsBetter ? value > than : value < than));
}
