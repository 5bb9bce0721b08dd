namespace Maskwright.Metrics;

/// <summary>One measure over the frames of a video, summed up as DAVIS does.</summary>
/// <param name="Mean">The mean over all frames.</param>
/// <param name="Recall">The share of frames above .5.</param>
/// <param name="Decay">The mean of the first quarter less that of the last.</param>
/// <remarks>davis2017-evaluation <c>db_statistics</c>.</remarks>
public readonly record struct SequenceStatistics(double Mean, double Recall, double Decay)
{
    /// <summary>Sums up.</summary>
    /// <param name="values">One value a frame, in order; at least one.</param>
    /// <exception cref="ArgumentException">There is no frame.</exception>
    public static SequenceStatistics Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("A sequence needs at least one frame.", nameof(values));
        }

        double Part(int quarter) => values.Skip(Cut(quarter)).Take(Cut(quarter + 1) + 1 - Cut(quarter)).Average();
        int Cut(int number) => (int)Math.Round(1 + (number * (values.Count - 1) / 4.0) + 1e-10, MidpointRounding.ToEven) - 1;
        return new(values.Average(), (double)values.Count(value => value > 0.5) / values.Count, Part(0) - Part(3));
    }
}
