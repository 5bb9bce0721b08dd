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
}
