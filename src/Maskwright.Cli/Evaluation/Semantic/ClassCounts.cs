using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Semantic;

/// <summary>The pixels of each class in one image or several: right ones, true ones, predicted ones.</summary>
/// <param name="Right">[K] pixels with the right class.</param>
/// <param name="Truth">[K] pixels of the class in the ground truth.</param>
/// <param name="Predicted">[K] pixels predicted as the class, where the truth is not void.</param>
internal sealed record ClassCounts(long[] Right, long[] Truth, long[] Predicted)
{
    public ClassCounts(int classes)
        : this(new long[classes], new long[classes], new long[classes])
    {
    }

    public static ClassCounts Of(ConfusionMatrix matrix)
    {
        var counts = new ClassCounts(matrix.ClassCount);
        for (var truth = 0; truth < matrix.ClassCount; truth++)
        {
            counts.Right[truth] = matrix[truth, truth];
            for (var found = 0; found <= matrix.ClassCount; found++)
            {
                counts.Truth[truth] += matrix[truth, found];
                if (found < matrix.ClassCount)
                {
                    counts.Predicted[found] += matrix[truth, found];
                }
            }
        }

        return counts;
    }

    public double Iou(int k) => (double)Right[k] / (Truth[k] + Predicted[k] - Right[k]);

    public double Dice(int k) => 2.0 * Right[k] / (Truth[k] + Predicted[k]);

    public double Recall(int k) => (double)Right[k] / Truth[k];

    public double Precision(int k) => (double)Right[k] / Predicted[k];

    public double MeanIou => Mean(Iou);

    /// <summary>mIoU, frequency-weighted IoU, pixel accuracy, mean class accuracy, mean Dice.</summary>
    public double[] Overall()
    {
        var pixels = (double)Truth.Sum();
        var weighted = Enumerable.Range(0, Truth.Length).Where(k => Truth[k] > 0).Sum(k => Truth[k] * Iou(k)) / pixels;
        return [MeanIou, weighted, Right.Sum() / pixels, Mean(Recall), Mean(Dice)];
    }

    /// <summary>Adds counts, several times over.</summary>
    public void Add(ClassCounts other, int times)
    {
        for (var k = 0; k < Truth.Length; k++)
        {
            Right[k] += times * other.Right[k];
            Truth[k] += times * other.Truth[k];
            Predicted[k] += times * other.Predicted[k];
        }
    }

    private double Mean(Func<int, double> measure) => Enumerable.Range(0, Truth.Length).Select(measure).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average();
}
