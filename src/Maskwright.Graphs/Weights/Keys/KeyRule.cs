namespace Maskwright.Graphs.Weights.Keys;

/// <summary>One line of a <see cref="KeyMap"/>: what becomes of the checkpoint keys that fit a pattern.</summary>
/// <remarks>
/// In a pattern <c>{i}</c>, <c>{j}</c>, <c>{k}</c> and <c>{n}</c> stand for a number, any other word in braces for one segment between dots, and
/// <c>{*rest}</c> for one or more segments. The same places stand on the right side. The first rule that fits decides.
/// </remarks>
public abstract record KeyRule
{
    private protected KeyRule(string pattern)
    {
        Pattern = pattern;
        Compiled = new KeyPattern(pattern);
    }

    /// <summary>Which keys of the checkpoint the rule is for.</summary>
    public string Pattern { get; }

    internal KeyPattern Compiled { get; }

    /// <summary>What the places of the pattern hold for a key; null when the rule is not for it.</summary>
    internal virtual Dictionary<string, string>? Match(string key) => Compiled.Match(key);

    /// <summary>The network calls the parameter by another name.</summary>
    /// <param name="pattern">The checkpoint's name.</param>
    /// <param name="parameter">The network's name.</param>
    public static KeyRule Rename(string pattern, string parameter) => new RenameRule(pattern, parameter, false);

    /// <summary>The network uses the checkpoint's name.</summary>
    /// <param name="pattern">The name in both.</param>
    public static KeyRule Keep(string pattern) => new RenameRule(pattern, pattern, false);

    /// <summary>A tied copy of a parameter that has a name of its own too: used only where the checkpoint lacks the other.</summary>
    /// <param name="pattern">The checkpoint's name of the copy.</param>
    /// <param name="parameter">The network's name.</param>
    public static KeyRule Alias(string pattern, string parameter) => new RenameRule(pattern, parameter, true);

    /// <summary>The network has no use for the tensor.</summary>
    /// <param name="pattern">The checkpoint's name.</param>
    public static KeyRule Ignore(string pattern) => new IgnoreRule(pattern);

    /// <summary>Several tensors of the checkpoint are one parameter of the network, one after the other along axis 0; all of them must be there.</summary>
    /// <param name="pattern">The checkpoint's name, with one place that tells the parts apart; keys with anything else in that place are left to later rules.</param>
    /// <param name="place">The name of that place, without braces.</param>
    /// <param name="parts">What it holds for each part, in the parts' order.</param>
    /// <param name="parameter">The network's name.</param>
    public static KeyRule Merge(string pattern, string place, IReadOnlyList<string> parts, string parameter) => new MergeRule(pattern, place, parts, parameter);

    private protected static KeyPattern Target(string parameter, KeyPattern source)
    {
        var target = new KeyPattern(parameter);
        return target.Places.Except(source.Places).FirstOrDefault() is { } unknown
            ? throw new ArgumentException($"{parameter} has a place {{{unknown}}} that {source.Text} does not fill.", nameof(parameter))
            : target;
    }

    internal sealed record RenameRule : KeyRule
    {
        public RenameRule(string pattern, string parameter, bool isAlias)
            : base(pattern)
        {
            Parameter = Target(parameter, Compiled);
            IsAlias = isAlias;
        }

        public KeyPattern Parameter { get; }

        public bool IsAlias { get; }
    }

    internal sealed record IgnoreRule(string Ignored) : KeyRule(Ignored);

    internal sealed record MergeRule : KeyRule
    {
        public MergeRule(string pattern, string place, IReadOnlyList<string> parts, string parameter)
            : base(pattern)
        {
            Place = Compiled.Places.Contains(place) ? place : throw new ArgumentException($"{pattern} has no place {{{place}}}.", nameof(place));
            Parts = parts;
            Parameter = Target(parameter, Compiled);
        }

        public string Place { get; }

        public IReadOnlyList<string> Parts { get; }

        public KeyPattern Parameter { get; }

        internal override Dictionary<string, string>? Match(string key)
            => Compiled.Match(key) is { } values && Parts.Contains(values[Place]) ? values : null;
    }
}
