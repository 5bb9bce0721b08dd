namespace Maskwright.Training.Interaction;

/// <summary>A mean that grows.</summary>
internal sealed class Mean
{
    private double _sum;
    private long _count;

    /// <summary>The mean of what was added; not a number when nothing was.</summary>
    public double Value => _count == 0 ? double.NaN : _sum / _count;

    /// <summary>The mean of one number.</summary>
    public static Mean Of(double value)
    {
        var mean = new Mean();
        mean.Add(value);
        return mean;
    }

    public void Add(double value)
    {
        _sum += value;
        _count++;
    }

    public void Add(Mean other)
    {
        _sum += other._sum;
        _count += other._count;
    }
}
