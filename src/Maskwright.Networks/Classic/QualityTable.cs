namespace Maskwright.Networks.Classic;

/// <summary>Predicts a quality as a sum of one bent line a feature.</summary>
/// <param name="bias">Where the sum starts.</param>
/// <param name="knots">For each feature the places at which its line bends, ascending.</param>
/// <param name="values">For each feature the height of its line at these places; beyond them the line is level.</param>
internal sealed class QualityTable(float bias, float[][] knots, float[][] values)
{
    /// <summary>Predicts.</summary>
    /// <param name="features">One number for each line.</param>
    /// <returns>0 to 1.</returns>
    public float Predict(ReadOnlySpan<float> features)
    {
        var sum = bias;
        for (var i = 0; i < knots.Length; i++)
        {
            var (lower, share) = Locate(knots[i], features[i]);
            sum += values[i][lower] + (share * (values[i][lower + 1] - values[i][lower]));
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The knot before a position, and how far the position lies on the way to the next.</summary>
    public static (int Lower, float Share) Locate(float[] knots, float position)
    {
        var lower = 0;
        while (lower < knots.Length - 2 && position >= knots[lower + 1])
        {
            lower++;
        }

        return (lower, Math.Clamp((position - knots[lower]) / (knots[lower + 1] - knots[lower]), 0, 1));
    }
}
