namespace Maskwright.Metrics;

/// <summary>Two models measured on the same items.</summary>
/// <param name="Difference">The mean of second less first, with its interval.</param>
/// <param name="PValue">How likely a mean difference at least as large would be if both were alike, in (0,1], two-sided.</param>
/// <param name="SecondBetter">On how many items the second scores higher.</param>
/// <param name="FirstBetter">On how many items the first scores higher.</param>
/// <param name="Ties">On how many items both score the same.</param>
public sealed record PairedComparison(ConfidenceInterval Difference, double PValue, int SecondBetter, int FirstBetter, int Ties);
