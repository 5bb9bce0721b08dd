namespace Maskwright.Masks;

/// <summary>Two rows and their weights: the row that lies between them, before it is computed.</summary>
internal readonly ref struct RowPair(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float upperWeight, float lowerWeight)
{
    public ReadOnlySpan<float> Upper { get; } = upper;

    public ReadOnlySpan<float> Lower { get; } = lower;

    public float UpperWeight { get; } = upperWeight;

    public float LowerWeight { get; } = lowerWeight;

    /// <summary>Whether the row is the upper one itself.</summary>
    public bool IsSingle => UpperWeight == 1 && LowerWeight == 0;
}
