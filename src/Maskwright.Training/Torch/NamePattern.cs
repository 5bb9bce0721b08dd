using System.IO.Enumeration;

namespace Maskwright.Training.Torch;

/// <summary>Names chosen by a pattern in which <c>*</c> stands for any letters.</summary>
internal static class NamePattern
{
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    /// <summary>The first pattern that fits no name; null where each fits some.</summary>
    public static string? FirstIdle(IEnumerable<string> patterns, IEnumerable<string> names) => patterns.FirstOrDefault(pattern => !names.Any(name => Matches(pattern, name)));

    /// <summary>The number of the first pattern that fits, 1 where none does.</summary>
    public static double FactorOf(string name, IEnumerable<(string Pattern, double Factor)> factors) => factors.Where(pair => Matches(pair.Pattern, name)).Select(pair => pair.Factor).FirstOrDefault(1);

    public static bool MatchesAny(IReadOnlyList<string> patterns, string name) => patterns.Any(pattern => Matches(pattern, name));
}
