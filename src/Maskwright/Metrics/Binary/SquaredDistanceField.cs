namespace Maskwright.Metrics;

/// <summary>The exact squared distance of every voxel to the nearest seed, with a spacing of its own along each axis.</summary>
/// <remarks>Felzenszwalb, Huttenlocher 2012: lower envelope of parabolas, axis by axis. Unit spacings give whole numbers.</remarks>
internal static class SquaredDistanceField
{
    /// <summary>Fills in the distances.</summary>
    /// <param name="field">[D,H,W] 0 at seeds, infinite elsewhere; becomes the squared distances, infinite everywhere without seeds.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="depth">D.</param>
    /// <param name="spacing">The distance between neighbours along each axis.</param>
    public static void Fill(double[] field, int width, int height, int depth, VoxelSpacing spacing)
    {
        var line = new Line(Math.Max(width, Math.Max(height, depth)));
        for (var start = 0; start < field.Length; start += width)
        {
            line.Pass(field, start, 1, width, spacing.X);
        }

        for (var z = 0; z < depth; z++)
        {
            for (var x = 0; x < width; x++)
            {
                line.Pass(field, (z * width * height) + x, width, height, spacing.Y);
            }
        }

        for (var start = 0; depth > 1 && start < width * height; start++)
        {
            line.Pass(field, start, width * height, depth, spacing.Z);
        }
    }

    private sealed class Line(int longest)
    {
        private readonly double[] _values = new double[longest];
        private readonly int[] _vertices = new int[longest];
        private readonly double[] _from = new double[longest];

        public void Pass(double[] field, int start, int step, int length, double spacing)
        {
            for (var i = 0; i < length; i++)
            {
                _values[i] = field[start + (i * step)];
            }

            var last = Envelope(length, spacing * spacing);
            for (int i = 0, v = 0; last >= 0 && i < length; i++)
            {
                while (v < last && _from[v + 1] < i)
                {
                    v++;
                }

                var distance = spacing * (i - _vertices[v]);
                field[start + (i * step)] = (distance * distance) + _values[_vertices[v]];
            }
        }

        // Parabola number v is the lowest from position _from[v] on.
        private int Envelope(int length, double scale)
        {
            var last = -1;
            for (var q = 0; q < length; q++)
            {
                if (double.IsPositiveInfinity(_values[q]))
                {
                    continue;
                }

                var meets = double.NegativeInfinity;
                while (last >= 0 && (meets = Meet(_vertices[last], q, scale)) <= _from[last])
                {
                    last--;
                }

                last++;
                (_vertices[last], _from[last]) = (q, last == 0 ? double.NegativeInfinity : meets);
            }

            return last;
        }

        private double Meet(int p, int q, double scale) =>
            (((_values[q] / scale) + ((double)q * q)) - ((_values[p] / scale) + ((double)p * p))) / (2.0 * (q - p));
    }
}
