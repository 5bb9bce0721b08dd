using System.Globalization;

namespace Maskwright.Graphs.Sizes;

/// <summary>A size as a polynomial with whole coefficients in unknown sizes and rounded-down quotients, in one canonical form.</summary>
/// <remarks>
/// Two ways of reaching the same size give equal text: a quotient of a quotient becomes one quotient, and what the divisor divides leaves the quotient.
/// So three convolutions of step 2 and one of step 8 agree, and doubling the half of <c>32*h</c> gives <c>32*h</c> again.
/// </remarks>
internal sealed class SizeExpression
{
    private readonly SortedDictionary<string, Term> _terms = new(StringComparer.Ordinal);

    private SizeExpression()
    {
    }

    /// <summary>The number, where nothing is unknown; null otherwise.</summary>
    public long? Number => _terms.Count == 0 ? 0 : _terms.Count == 1 && _terms.TryGetValue(string.Empty, out var term) ? term.Coefficient : null;

    /// <summary>The summands; the plain number has no atoms.</summary>
    public IEnumerable<Term> Terms => _terms.Values;

    public static SizeExpression Of(long number) => new SizeExpression().Include(new Term(number, []));

    public static SizeExpression Unknown(string name) => new SizeExpression().Include(new Term(1, [new Atom(name, null, 1)]));

    public SizeExpression Plus(SizeExpression other) => other._terms.Values.Aggregate(Copy(), (sum, term) => sum.Include(term));

    public SizeExpression Minus(SizeExpression other) => Plus(other.Times(Of(-1)));

    public SizeExpression Times(SizeExpression other)
    {
        var product = new SizeExpression();
        foreach (var (a, b) in from a in _terms.Values from b in other._terms.Values select (a, b))
        {
            product.Include(new Term(a.Coefficient * b.Coefficient, [.. a.Atoms.Concat(b.Atoms).OrderBy(atom => atom.Name, StringComparer.Ordinal)]));
        }

        return product;
    }

    /// <summary>The quotient, rounded down.</summary>
    public SizeExpression DividedBy(long divisor)
    {
        var (whole, rest) = (new SizeExpression(), new SizeExpression());
        foreach (var term in _terms.Values)
        {
            var quotient = (long)Math.Floor((decimal)term.Coefficient / divisor);
            whole.Include(term with { Coefficient = quotient });
            rest.Include(term with { Coefficient = term.Coefficient - (quotient * divisor) });
        }

        return whole.Plus(rest.Number is { } number ? Of(number / divisor) : rest.Rounded(divisor));
    }

    public override string ToString()
    {
        var number = _terms.TryGetValue(string.Empty, out var constant) ? constant.Coefficient : 0;
        var text = string.Concat(_terms.Values.Where(t => t.Atoms.Count > 0).Select((term, i) => Text(term, i == 0)));
        return number == 0 && text.Length > 0 ? text : text.Length == 0 ? Digits(number) : number > 0 ? $"{text}+{Digits(number)}" : text + Digits(number);
    }

    // Here every coefficient is positive and below the divisor.
    private SizeExpression Rounded(long divisor)
    {
        var number = _terms.TryGetValue(string.Empty, out var constant) ? constant.Coefficient : 0;
        var shared = _terms.Values.Where(t => t.Atoms.Count > 0).Aggregate(divisor, (gcd, term) => (long)System.Numerics.BigInteger.GreatestCommonDivisor(gcd, term.Coefficient));
        var inner = _terms.Values.Where(t => t.Atoms.Count > 0).Aggregate(Of(number / shared), (sum, t) => sum.Include(t with { Coefficient = t.Coefficient / shared }));
        if (shared > 1)
        {
            return divisor == shared ? inner : inner.DividedBy(divisor / shared);
        }

        if (_terms.Values.Where(t => t.Atoms.Count > 0).ToArray() is [{ Coefficient: 1, Atoms: [{ Numerator: { } numerator } quotient] }])
        {
            return numerator.Plus(Of(number * quotient.Divisor)).DividedBy(quotient.Divisor * divisor);
        }

        return new SizeExpression().Include(new Term(1, [new Atom($"floor(({this})/{Digits(divisor)})", this, divisor)]));
    }

    private SizeExpression Copy() => _terms.Values.Aggregate(new SizeExpression(), (copy, term) => copy.Include(term));

    private SizeExpression Include(Term term)
    {
        var sum = term.Coefficient + (_terms.TryGetValue(term.Key, out var known) ? known.Coefficient : 0);
        _terms.Remove(term.Key);
        if (sum != 0)
        {
            _terms.Add(term.Key, term with { Coefficient = sum });
        }

        return this;
    }

    private static string Text(Term term, bool isFirst)
    {
        var sign = term.Coefficient < 0 ? "-" : isFirst ? string.Empty : "+";
        var size = Math.Abs(term.Coefficient);
        return size == 1 ? sign + term.Key : $"{sign}{Digits(size)}*{term.Key}";
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A whole number times unknowns.</summary>
    public sealed record Term(long Coefficient, IReadOnlyList<Atom> Atoms)
    {
        public string Key { get; } = string.Join("*", Atoms.Select(a => a.Name));
    }

    /// <summary>An unknown size, or the rounded-down quotient of a numerator by a divisor.</summary>
    public sealed record Atom(string Name, SizeExpression? Numerator, long Divisor);
}
