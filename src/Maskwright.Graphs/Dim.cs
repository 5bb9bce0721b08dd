using Maskwright.Graphs.Sizes;

namespace Maskwright.Graphs;

/// <summary>One axis of a shape: its size, and a name when several axes are one and the same dimension of the network.</summary>
/// <remarks>
/// Axes that share a named dimension are pruned together: choosing members of the dimension slices every parameter axis that carries it.
/// An axis made of several dimensions (queries, keys and values of all heads in one projection) is a product of factors, slowest first.
/// </remarks>
public sealed class Dim : IEquatable<Dim>
{
    private readonly SizeExpression? _expression;

    private Dim(string? name, long? size, IReadOnlyList<Dim> factors, SizeExpression? expression = null)
    {
        Name = name;
        Size = size;
        Factors = factors;
        _expression = expression;
    }

    /// <summary>Names a dimension of known size; each call makes a dimension of its own.</summary>
    /// <param name="name">The field's word for it, such as <c>embed</c>.</param>
    /// <param name="size">Its size, at least 1.</param>
    public Dim(string name, long size)
        : this(name, size, [])
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
    }

    /// <summary>The name; null for an axis that is only a number.</summary>
    public string? Name { get; }

    /// <summary>The size; null when it is known only at run time.</summary>
    public long? Size { get; }

    /// <summary>The dimensions that this axis is a product of, slowest first; empty for a simple axis.</summary>
    public IReadOnlyList<Dim> Factors { get; }

    /// <summary>An axis whose size is known only at run time; axes of equal names have equal sizes.</summary>
    /// <param name="name">Such as <c>P</c>.</param>
    public static Dim Symbolic(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Dim(name, null, [], SizeExpression.Unknown(name));
    }

    /// <summary>An axis whose size is known only at run time but is a multiple of a number, such as the side of an image that a network halves five times.</summary>
    /// <param name="name">The name of the quotient, such as <c>h</c> for a size of <c>32*h</c>.</param>
    /// <param name="factor">What divides the size, at least 1.</param>
    public static Dim SymbolicMultiple(string name, long factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        return Symbolic(name).Times(factor);
    }

    /// <summary>An axis that is a product of dimensions, slowest first.</summary>
    /// <param name="factors">At least two dimensions of known size.</param>
    public static Dim Product(params Dim[] factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Length < 2 || factors.Any(f => f.Size is null))
        {
            throw new ArgumentException("A product needs at least two dimensions of known size.", nameof(factors));
        }

        return new Dim(null, factors.Aggregate(1L, (size, factor) => size * factor.Size!.Value), factors); // sizes were checked above
    }

    /// <summary>An axis that is only a number.</summary>
    /// <param name="size">Its size, at least 0.</param>
    public static implicit operator Dim(long size) => FromInt64(size);

    /// <summary>An axis that is only a number.</summary>
    /// <param name="size">Its size, at least 0.</param>
    public static Dim FromInt64(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new Dim(null, size, []);
    }

    /// <summary>Whether two axes can stand for the same number of elements: equal sizes, or equal names where a size is unknown.</summary>
    /// <param name="other">The axis to compare with.</param>
    public bool Equals(Dim? other) => other is not null && (Size, other.Size) switch
    {
        ({ } mine, { } theirs) => mine == theirs,
        (null, null) => Name == other.Name,
        _ => false,
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dim);

    /// <inheritdoc/>
    public override int GetHashCode() => Size is { } size ? size.GetHashCode() : StringComparer.Ordinal.GetHashCode(Name!); // an unknown size always has a name

    /// <summary>The size, or the name where the size is unknown.</summary>
    public override string ToString() => Size is { } size ? size.ToString(System.Globalization.CultureInfo.InvariantCulture) : Name!;

    /// <summary>The sum of two sizes.</summary>
    /// <param name="other">The summand.</param>
    public Dim Plus(Dim other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of(Expression.Plus(other.Expression));
    }

    /// <summary>The difference of two sizes; not negative where both are known.</summary>
    /// <param name="other">What is taken away.</param>
    public Dim Minus(Dim other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of(Expression.Minus(other.Expression));
    }

    /// <summary>The product of two sizes.</summary>
    /// <param name="other">The factor.</param>
    public Dim Times(Dim other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of(Expression.Times(other.Expression));
    }

    /// <summary>The quotient, rounded down.</summary>
    /// <param name="divisor">At least 1.</param>
    public Dim DividedBy(long divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        return Of(Expression.DividedBy(divisor));
    }

    /// <summary>The next multiple of a number.</summary>
    /// <param name="factor">At least 1.</param>
    public Dim RoundedUpTo(long factor) => Plus(factor - 1).DividedBy(factor).Times(factor);

    /// <summary>The size as a formula of what is known only at run time.</summary>
    internal SizeExpression Expression => _expression ?? SizeExpression.Of(Size!.Value); // only unknown sizes come with a formula

    /// <summary>The axis of the size that a formula gives.</summary>
    internal static Dim Of(SizeExpression expression) => expression.Number is { } number ? FromInt64(number) : new Dim(expression.ToString(), null, [], expression);
}
