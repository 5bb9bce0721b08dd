namespace Maskwright.Formats.Bsds;

/// <summary>A MATLAB value: numbers, a list of cells, or a record of fields.</summary>
/// <param name="Rows">The length of the first axis.</param>
/// <param name="Columns">The length of the second axis.</param>
/// <param name="Numbers">[Columns,Rows] numbers column by column; empty for cells and records.</param>
/// <param name="Cells">The cells, or null.</param>
/// <param name="Fields">The fields of a single record, or null.</param>
internal sealed record MatArray(int Rows, int Columns, double[] Numbers, IReadOnlyList<MatArray>? Cells, IReadOnlyDictionary<string, MatArray>? Fields)
{
    /// <summary>The numbers row by row.</summary>
    public T[] ByRow<T>(Func<double, T> convert)
    {
        var result = new T[Numbers.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[((i % Rows) * Columns) + (i / Rows)] = convert(Numbers[i]);
        }

        return result;
    }
}
