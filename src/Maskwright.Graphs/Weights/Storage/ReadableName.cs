namespace Maskwright.Graphs.Weights.Storage;

/// <summary>Names from files, which may be anything, as part of a message.</summary>
internal static class ReadableName
{
    private const int MostLetters = 120;

    /// <summary>The name without control characters, cut where it is overlong.</summary>
    public static string Of(string name)
    {
        var start = name.Length <= MostLetters ? name : name[..MostLetters];
        return string.Concat(start.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter)) + (name.Length > MostLetters ? "..." : "");
    }
}
