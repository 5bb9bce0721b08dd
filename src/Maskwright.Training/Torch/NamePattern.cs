using System.IO.Enumeration;

namespace Maskwright.Training.Torch;

/// <summary>Names chosen by a pattern in which <c>*</c> stands for any letters.</summary>
internal static class NamePattern
{
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    public static bool MatchesAny(IReadOnlyList<string> patterns, string name) => patterns.Any(pattern => Matches(pattern, name));
}
