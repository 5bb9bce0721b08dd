using System.Numerics;
using System.Text.Json;
using Maskwright.Formats.Npy;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Testing;

/// <summary>An array that a reference produced: its shape and statistics, and all of it or a sample of 64 elements.</summary>
public sealed class GoldenArray
{
    private readonly JsonElement _json;
    private readonly string? _file;

    internal GoldenArray(string name, JsonElement json, string folder)
    {
        Name = name;
        _json = json;
        Shape = [.. json.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
        _file = json.TryGetProperty("npy", out var npy) ? Path.Combine(folder, npy.GetString()!) : null; // A golden names its file.
    }

    /// <summary>Case and output, for messages.</summary>
    public string Name { get; }

    /// <summary>The length of each axis.</summary>
    public int[] Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>The element type as NumPy names it: float32, uint8, bool...</summary>
    public string ElementType => _json.GetProperty("dtype").GetString() ?? string.Empty;

    /// <summary>The mean of all elements.</summary>
    public double Mean => _json.GetProperty("mean").GetDouble();

    /// <summary>The population standard deviation of all elements: what tolerances are relative to.</summary>
    public double Std => _json.GetProperty("std").GetDouble();

    /// <summary>The smallest element.</summary>
    public double Min => _json.GetProperty("min").GetDouble();

    /// <summary>The largest element.</summary>
    public double Max => _json.GetProperty("max").GetDouble();

    /// <summary>The number of set bits, for masks.</summary>
    public long SetCount => _json.GetProperty("count").GetInt64();

    /// <summary>Whether every element is known, not only a sample.</summary>
    public bool IsComplete => _file is not null || _json.TryGetProperty("all", out _);

    /// <summary>Whether the output is masks packed to bits, to be read by <see cref="Masks"/>.</summary>
    public bool IsPacked => _json.TryGetProperty("packing", out _);

    /// <summary>Any other field of the output, such as <c>near_zero_1e-4</c>.</summary>
    public JsonElement Field(string name) => _json.GetProperty(name);

    /// <summary>All elements, row-major. Not for masks: see <see cref="Masks"/>.</summary>
    public T[] Values<T>()
        where T : unmanaged, INumber<T>
    {
        if (_file is not null)
        {
            var array = NpyReader.Read(_file);
            Assert.Equal(Shape, array.Shape);
            return array.ToArray<T>();
        }

        Assert.True(_json.TryGetProperty("all", out var all), $"{Name} is only known at 64 positions.");
        return [.. all.EnumerateArray().Select(value => T.CreateChecked(value.GetDouble()))];
    }

    /// <summary>The known elements: all of them, or the sample; flat row-major positions with their values.</summary>
    public IEnumerable<(long Index, double Value)> Known()
    {
        if (IsComplete)
        {
            return Values<double>().Select((value, index) => ((long)index, value));
        }

        var indices = _json.GetProperty("indices").EnumerateArray().Select(i => i.GetInt64());
        return indices.Zip(_json.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
    }

    /// <summary>The masks of an output that holds packed bits, [..., H, W] flattened to a list of [H, W].</summary>
    public BinaryMask[] Masks()
    {
        Assert.True(_file is not null && IsPacked, $"{Name} does not hold packed bits.");
        var bits = NpyReader.Read(_file!).ToArray<byte>(); // Asserted in the line above.
        var (height, width) = (Shape[^2], Shape[^1]);
        var masks = new BinaryMask[Shape[..^2].Aggregate(1, (a, b) => a * b)];
        for (var m = 0; m < masks.Length; m++)
        {
            masks[m] = new BinaryMask(width, height);
            for (var p = 0; p < width * height; p++)
            {
                var bit = ((long)m * width * height) + p;
                masks[m][p % width, p / width] = (bits[bit / 8] >> (int)(7 - (bit % 8)) & 1) != 0;
            }
        }

        Assert.Equal(SetCount, masks.Sum(mask => mask.Area()));
        return masks;
    }

    /// <summary>Fails unless every known element is within <paramref name="tolerance"/> times the standard deviation of the whole.</summary>
    /// <param name="actual">All elements, row-major.</param>
    /// <param name="tolerance">Allowed difference in standard deviations; 1e-4 suits deep networks, 1e-5 single operations.</param>
    public void AssertClose(ReadOnlySpan<float> actual, double tolerance = 1e-4)
    {
        Assert.True(actual.Length == Count, $"{Name} has {Count} elements of shape [{string.Join(", ", Shape)}], the actual array {actual.Length}.");
        var allowed = tolerance * (Std > 0 ? Std : Math.Max(1, Math.Abs(Mean)));
        var (worst, where, expected, wrong, known) = (0.0, -1L, 0.0, 0, 0);
        foreach (var (index, value) in Known())
        {
            var difference = Difference(value, actual[(int)index]);
            known++;
            wrong += difference > allowed ? 1 : 0;
            if (difference > worst)
            {
                (worst, where, expected) = (difference, index, value);
            }
        }

        Assert.True(wrong == 0, wrong == 0 ? null : Describe(worst, where, expected, actual[(int)where], allowed, wrong, known));
    }

    /// <summary>Fails unless every known element is equal; for whole numbers, since goldens round floating point to 8 digits.</summary>
    /// <param name="actual">All elements, row-major.</param>
    public void AssertEqual<T>(ReadOnlySpan<T> actual)
        where T : unmanaged, IBinaryInteger<T>
    {
        Assert.True(actual.Length == Count, $"{Name} has {Count} elements of shape [{string.Join(", ", Shape)}], the actual array {actual.Length}.");
        var (wrong, known, first) = (0, 0, string.Empty);
        foreach (var (index, value) in Known())
        {
            known++;
            var found = double.CreateChecked(actual[(int)index]);
            if (found != value && wrong++ == 0)
            {
                first = $"element {index} is {found}, expected {value}";
            }
        }

        Assert.True(wrong == 0, $"{Name}: {wrong} of {known} known elements differ; the first: {first}.");
    }

    // Infinities and NaN agree only with their like.
    private static double Difference(double expected, double actual) =>
        expected.Equals(actual) ? 0 : Math.Abs(expected - actual) is var d && double.IsFinite(d) ? d : double.PositiveInfinity;

    private string Describe(double worst, long where, double expected, double actual, double allowed, int wrong, int known) =>
        $"{Name}: {wrong} of {known} known elements are off by more than {allowed:g3}; the worst, element {where} at [{string.Join(", ", Position(where))}], "
        + $"is {actual:g8}, expected {expected:g8} (off by {worst:g3}, {worst / Std:g3} standard deviations).";

    private IEnumerable<long> Position(long index)
    {
        for (var axis = 0; axis < Shape.Length; axis++)
        {
            yield return index / Shape[(axis + 1)..].Aggregate(1L, (a, b) => a * b) % Shape[axis];
        }
    }
}
