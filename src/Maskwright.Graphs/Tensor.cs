namespace Maskwright.Graphs;

/// <summary>Numbers in memory with a shape: what goes into a network and what comes out.</summary>
public sealed class Tensor
{
    private Tensor(ElementType type, long[] shape, Array data)
    {
        Type = type;
        Shape = shape;
        Data = data;
        var count = shape.Aggregate(1L, (a, b) => a * b);
        if (count != data.LongLength)
        {
            throw new ArgumentException($"A tensor [{string.Join(", ", shape)}] has {count} elements, not {data.LongLength}.");
        }
    }

    /// <summary>The element type.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes of the axes, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The numbers as 32-bit floats, row by row.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not of 32-bit floats.</exception>
    public float[] Floats => Data as float[] ?? throw new InvalidOperationException($"The tensor is of {Type}, not Float32.");

    /// <summary>The numbers as 64-bit integers, row by row.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not of 64-bit integers.</exception>
    public long[] Integers => Data as long[] ?? throw new InvalidOperationException($"The tensor is of {Type}, not Int64.");

    internal Array Data { get; }

    /// <summary>Wraps floats without copying them.</summary>
    /// <param name="data">Row by row.</param>
    /// <param name="shape">Sizes of the axes; none for a scalar.</param>
    /// <exception cref="ArgumentException">The sizes do not multiply to the number of elements.</exception>
    public static Tensor Of(float[] data, params long[] shape) => new(ElementType.Float32, shape, data);

    /// <summary>Wraps 64-bit integers without copying them.</summary>
    /// <param name="data">Row by row.</param>
    /// <param name="shape">Sizes of the axes; none for a scalar.</param>
    /// <exception cref="ArgumentException">The sizes do not multiply to the number of elements.</exception>
    public static Tensor Of(long[] data, params long[] shape) => new(ElementType.Int64, shape, data);

    /// <summary>Some entries of the first axis, copied.</summary>
    /// <param name="entries">Their numbers, in the order wanted.</param>
    /// <exception cref="InvalidOperationException">The tensor is not of 32-bit floats.</exception>
    /// <exception cref="ArgumentException">The tensor is a scalar.</exception>
    public Tensor Take(IReadOnlyList<int> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (Shape.Count == 0)
        {
            throw new ArgumentException("A scalar has no entries.", nameof(entries));
        }

        var each = checked((int)Shape.Skip(1).Aggregate(1L, (a, b) => a * b));
        var taken = new float[entries.Count * each];
        for (var i = 0; i < entries.Count; i++)
        {
            Floats.AsSpan(entries[i] * each, each).CopyTo(taken.AsSpan(i * each));
        }

        return Of(taken, [entries.Count, .. Shape.Skip(1)]);
    }
}
