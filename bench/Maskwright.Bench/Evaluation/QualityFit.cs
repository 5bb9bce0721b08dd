using System.Globalization;
using Maskwright.Networks.Classic;

namespace Maskwright.Bench.Evaluation;

/// <summary>Fits a <see cref="QualityTable"/> to samples: weighted least squares on bent lines, with a little smoothing.</summary>
internal sealed class QualityFit(IReadOnlyList<QualitySample> samples)
{
    private const int KnotCount = 8;
    private const double Ridge = 1e-4;

    /// <summary>Prints the table as the C# that <c>QualityTables.cs</c> holds, and how much of the variance it explains.</summary>
    public void Print(string name)
    {
        var features = samples[0].Features.Length;
        float[][] knots = [.. Enumerable.Range(0, features).Select(Knots)];
        var solution = Solve(knots);
        Console.WriteLine($"    // {samples.Count} samples, variance explained: {Explained(knots, solution):0.000}");
        Console.WriteLine($"    public static QualityTable {name} {{ get; }} = new(");
        Console.WriteLine($"        {Text(solution[^1])},");
        PrintRows(knots.Select(k => k.Select(v => (double)v)));
        PrintRows(Enumerable.Range(0, features).Select(f => solution.Skip(f * KnotCount).Take(KnotCount)));
    }

    private static void PrintRows(IEnumerable<IEnumerable<double>> rows)
    {
        Console.WriteLine("        [");
        rows.ToList().ForEach(row => Console.WriteLine($"            [{string.Join(", ", row.Select(Text))}],"));
        Console.WriteLine("        ],");
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture) + "f";

    private float[] Knots(int feature)
    {
        var sorted = samples.Select(s => (Value: s.Features[feature], s.Weight)).OrderBy(s => s.Value).ToArray();
        var total = samples.Sum(s => s.Weight);
        var knots = new float[KnotCount];
        double passed = 0;
        for (int i = 0, k = 0; i < sorted.Length && k < KnotCount; passed += sorted[i++].Weight)
        {
            while (k < KnotCount && passed + sorted[i].Weight >= total * (0.01 + (0.98 * k / (KnotCount - 1))))
            {
                knots[k++] = sorted[i].Value;
            }
        }

        for (var k = 1; k < KnotCount; k++)
        {
            knots[k] = Math.Max(knots[k], knots[k - 1] + 0.001f);
        }

        return knots;
    }

    private double[] Solve(float[][] knots)
    {
        var unknowns = (knots.Length * KnotCount) + 1;
        var normal = new double[unknowns, unknowns];
        var right = new double[unknowns];
        var total = samples.Sum(s => s.Weight);
        foreach (var sample in samples)
        {
            var row = Row(knots, sample.Features);
            foreach (var (i, a) in row)
            {
                right[i] += sample.Weight / total * a * sample.Target;
                foreach (var (j, b) in row)
                {
                    normal[i, j] += sample.Weight / total * a * b;
                }
            }
        }

        for (var i = 0; i < unknowns - 1; i++)
        {
            normal[i, i] += Ridge;
        }

        return Cholesky(normal, right);
    }

    private double Explained(float[][] knots, double[] solution)
    {
        var total = samples.Sum(s => s.Weight);
        var mean = samples.Sum(s => s.Weight * s.Target) / total;
        var variance = samples.Sum(s => s.Weight * Math.Pow(s.Target - mean, 2));
        var rest = samples.Sum(s => s.Weight * Math.Pow(s.Target - Row(knots, s.Features).Sum(t => t.Value * solution[t.Index]), 2));
        return 1 - (rest / variance);
    }

    private static List<(int Index, double Value)> Row(float[][] knots, float[] features)
    {
        var row = new List<(int, double)>();
        for (var f = 0; f < knots.Length; f++)
        {
            var (lower, share) = QualityTable.Locate(knots[f], features[f]);
            row.Add(((f * KnotCount) + lower, 1 - share));
            row.Add(((f * KnotCount) + lower + 1, share));
        }

        row.Add((knots.Length * KnotCount, 1));
        return row;
    }

    private static double[] Cholesky(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }

        for (var i = 0; i < n; i++)
        {
            right[i] = (right[i] - Enumerable.Range(0, i).Sum(k => matrix[i, k] * right[k])) / matrix[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            right[i] = (right[i] - Enumerable.Range(i + 1, n - i - 1).Sum(k => matrix[k, i] * right[k])) / matrix[i, i];
        }

        return right;
    }
}
