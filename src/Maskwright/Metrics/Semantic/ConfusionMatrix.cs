using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>Counts which class was predicted for the pixels of which class, and sums it up.</summary>
/// <remarks>
/// Long, Shelhamer, Darrell 2015. Pixels whose truth is void do not count. A pixel predicted as no class at all (void, or beyond the classes) counts as
/// wrong for its true class and for no other. A class that is neither there nor predicted has no IoU and is left out of means.
/// </remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;
    private readonly int? _voidLabel;

    /// <summary>Starts with nothing counted.</summary>
    /// <param name="classCount">K classes, labelled 0 to K-1.</param>
    /// <param name="voidLabel">The label of pixels that do not count, 255 by custom; null when there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public ConfusionMatrix(int classCount, int? voidLabel = 255)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ClassCount = classCount;
        _voidLabel = voidLabel;
        _counts = new long[classCount * (classCount + 1)];
    }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of pixels counted.</summary>
    public long PixelCount => _counts.Sum();

    /// <summary>The share of pixels with the right class, in [0,1]; NaN before any pixel is counted.</summary>
    public double PixelAccuracy => (double)Classes.Sum(c => this[c, c]) / PixelCount;

    /// <summary>The mean, over the classes that are there, of the share of their pixels that is right.</summary>
    public double MeanClassAccuracy => Mean(ClassAccuracy);

    /// <summary>The mean IoU over the classes that are there or predicted (mIoU).</summary>
    public double MeanIou => Mean(Iou);

    /// <summary>The mean Dice coefficient over the classes that are there or predicted.</summary>
    public double MeanDice => Mean(Dice);

    /// <summary>The mean IoU weighted by how many pixels a class has.</summary>
    public double FrequencyWeightedIou => Classes.Where(c => Truth(c) > 0).Sum(c => Truth(c) * Iou(c)) / PixelCount;

    private IEnumerable<int> Classes => Enumerable.Range(0, ClassCount);

    /// <summary>The number of pixels of one class that were predicted as another.</summary>
    /// <param name="truth">The true class, 0 to K-1.</param>
    /// <param name="prediction">The predicted class, 0 to K-1; K for no class.</param>
    public long this[int truth, int prediction]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)ClassCount, nameof(truth));
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)prediction, (uint)ClassCount, nameof(prediction));
            return _counts[(truth * (ClassCount + 1)) + prediction];
        }
    }

    /// <summary>Shared pixels over those of either, of one class; NaN when it is neither there nor predicted.</summary>
    /// <param name="label">0 to K-1.</param>
    public double Iou(int label) => (double)this[label, label] / (Truth(label) + Predicted(label) - this[label, label]);

    /// <summary>The Dice coefficient (F1) of one class; NaN when it is neither there nor predicted.</summary>
    /// <param name="label">0 to K-1.</param>
    public double Dice(int label) => 2.0 * this[label, label] / (Truth(label) + Predicted(label));

    /// <summary>The share of a class's pixels that is right (recall); NaN when it is not there.</summary>
    /// <param name="label">0 to K-1.</param>
    public double ClassAccuracy(int label) => (double)this[label, label] / Truth(label);

    /// <summary>Adds one image.</summary>
    /// <param name="truth">The true class of every pixel.</param>
    /// <param name="prediction">The predicted class of every pixel.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a true label is neither a class nor void.</exception>
    public void Add(LabelMap truth, LabelMap prediction)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(prediction);
        if (truth.Size != prediction.Size)
        {
            throw new ArgumentException($"The truth is {truth.Size}, but the prediction is {prediction.Size}.", nameof(prediction));
        }

        ReadOnlySpan<int> wanted = truth.Labels, found = prediction.Labels;
        foreach (var label in wanted)
        {
            if ((uint)label >= (uint)ClassCount && label != _voidLabel)
            {
                throw new ArgumentException($"The truth holds the label {label}, which is neither one of {ClassCount} classes nor void.", nameof(truth));
            }
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] != _voidLabel)
            {
                _counts[(wanted[i] * (ClassCount + 1)) + (int)Math.Min((uint)found[i], (uint)ClassCount)]++;
            }
        }
    }

    /// <summary>Adds what another matrix has counted.</summary>
    /// <param name="other">Of as many classes.</param>
    /// <exception cref="ArgumentException">It has another number of classes.</exception>
    public void Merge(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.ClassCount != ClassCount)
        {
            throw new ArgumentException($"Both must have {ClassCount} classes; the other has {other.ClassCount}.", nameof(other));
        }

        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    private long Truth(int label) => Enumerable.Range(0, ClassCount + 1).Sum(prediction => this[label, prediction]);

    private long Predicted(int label) => Classes.Sum(truth => this[truth, label]);

    private double Mean(Func<int, double> measure) => Classes.Select(measure).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
