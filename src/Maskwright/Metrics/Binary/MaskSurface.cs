using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>The pixels or voxels at the surface of a stack of masks, within a window that holds both objects to compare.</summary>
internal sealed class MaskSurface
{
    private readonly List<int> _positions = [];
    private readonly (int X0, int Y0, int Z0, int Width, int Height, int Depth) _window;

    /// <summary>Finds the surface: what is inside and has a neighbour outside (4 in 2D, 6 in 3D); beyond the border is outside.</summary>
    public MaskSurface(IReadOnlyList<BinaryMask> slices, (int X0, int Y0, int Z0, int Width, int Height, int Depth) window, bool isFlat)
    {
        _window = window;
        var inner = new ulong[slices[0].WordsPerRow];
        for (var z = 0; z < window.Depth; z++)
        {
            for (var y = 0; y < window.Height; y++)
            {
                Erode(slices, z + window.Z0, y + window.Y0, isFlat, inner);
                var row = slices[z + window.Z0].Row(y + window.Y0);
                for (var x = 0; x < window.Width; x++)
                {
                    var (word, bit) = ((x + window.X0) >> 6, (x + window.X0) & 63);
                    if (((row[word] & ~inner[word]) >> bit & 1) != 0)
                    {
                        _positions.Add((((z * window.Height) + y) * window.Width) + x);
                    }
                }
            }
        }
    }

    public int Count => _positions.Count;

    /// <summary>The distance of each of this surface's voxels to the nearest of another; infinite when the other has none.</summary>
    public double[] DistancesTo(MaskSurface other, VoxelSpacing spacing)
    {
        var field = new double[_window.Width * _window.Height * _window.Depth];
        Array.Fill(field, double.PositiveInfinity);
        foreach (var position in other._positions)
        {
            field[position] = 0;
        }

        SquaredDistanceField.Fill(field, _window.Width, _window.Height, _window.Depth, spacing);
        return [.. _positions.Select(position => Math.Sqrt(field[position]))];
    }

    private static void Erode(IReadOnlyList<BinaryMask> slices, int z, int y, bool isFlat, ulong[] inner)
    {
        var mask = slices[z];
        var row = mask.Row(y);
        for (var i = 0; i < row.Length; i++)
        {
            var left = (row[i] << 1) | (i > 0 ? row[i - 1] >> 63 : 0);
            var right = (row[i] >> 1) | (i + 1 < row.Length ? row[i + 1] << 63 : 0);
            var up = y > 0 ? mask.Row(y - 1)[i] : 0;
            var down = y + 1 < mask.Height ? mask.Row(y + 1)[i] : 0;
            var before = isFlat ? ulong.MaxValue : z > 0 ? slices[z - 1].Row(y)[i] : 0;
            var after = isFlat ? ulong.MaxValue : z + 1 < slices.Count ? slices[z + 1].Row(y)[i] : 0;
            inner[i] = row[i] & left & right & up & down & before & after;
        }
    }
}
