namespace Maskwright.Training.Data;

/// <summary>Factors on the nominal scale of a photo, drawn evenly in their logarithm.</summary>
/// <param name="Least">Above 0.</param>
/// <param name="Greatest">Not below the least.</param>
internal readonly record struct ScaleRange(double Least, double Greatest)
{
    /// <summary>Whether it is a range, of factors up to 16.</summary>
    public bool IsValid => Least > 0 && Least <= Greatest && Greatest <= 16;

    public double Draw(SampleRandom random) => random.LogBetween(Least, Greatest);
}
