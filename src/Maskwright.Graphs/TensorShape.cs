using System.Collections;

namespace Maskwright.Graphs;

/// <summary>The axes of a tensor, outermost first.</summary>
public sealed class TensorShape : IReadOnlyList<Dim>, IEquatable<TensorShape>
{
    private readonly Dim[] _dims;

    /// <summary>Lists the axes.</summary>
    /// <param name="dims">Outermost first; none for a scalar.</param>
    public TensorShape(params IEnumerable<Dim> dims) => _dims = [.. dims];

    /// <summary>The number of axes.</summary>
    public int Count => _dims.Length;

    /// <summary>One axis; a negative index counts from the last axis.</summary>
    /// <param name="index">-Count to Count-1.</param>
    public Dim this[int index] => _dims[index < 0 ? _dims.Length + index : index];

    /// <summary>The number of elements; null when a size is known only at run time.</summary>
    public long? ElementCount => _dims.Aggregate((long?)1, (count, dim) => count * dim.Size);

    /// <summary>The same axes with one replaced.</summary>
    /// <param name="index">-Count to Count-1.</param>
    /// <param name="dim">The new axis.</param>
    public TensorShape With(int index, Dim dim)
    {
        var dims = (Dim[])_dims.Clone();
        dims[index < 0 ? dims.Length + index : index] = dim;
        return new TensorShape(dims);
    }

    /// <summary>All sizes as numbers.</summary>
    /// <exception cref="InvalidOperationException">A size is known only at run time.</exception>
    public long[] ToSizes() => [.. _dims.Select(d => d.Size ?? throw new InvalidOperationException($"The size of {d} in {this} is known only at run time."))];

    /// <inheritdoc/>
    public IEnumerator<Dim> GetEnumerator() => ((IEnumerable<Dim>)_dims).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(TensorShape? other) => other is not null && _dims.SequenceEqual(other._dims);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorShape);

    /// <inheritdoc/>
    public override int GetHashCode() => _dims.Aggregate(Count, HashCode.Combine);

    /// <summary>The shape as <c>[1, 3, H, W]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", (object[])_dims)}]";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
