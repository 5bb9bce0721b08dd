namespace Maskwright.Cli.Verbs.Data;

/// <summary>One part of the data as the command line names it: <c>PATH</c> or <c>NAME=PATH</c>.</summary>
internal sealed record DataPart(string Name, string Path)
{
    /// <summary>Reads what was typed; a path that exists is taken whole, also with an equals sign in it.</summary>
    public static DataPart Parse(string typed)
    {
        var at = typed.IndexOf('=', StringComparison.Ordinal);
        return at <= 0 || System.IO.Path.Exists(typed) ? new DataPart(string.Empty, typed) : new DataPart(typed[..at], typed[(at + 1)..]);
    }

    /// <summary>Reads all, and names those without a name by their files where there are several.</summary>
    /// <exception cref="ToolException">Two parts have the same name, or a path does not exist.</exception>
    public static IReadOnlyList<DataPart> ParseAll(IReadOnlyList<string> typed)
    {
        var parts = typed.Select(Parse).ToList();
        if (parts.FirstOrDefault(part => !System.IO.Path.Exists(part.Path)) is { } missing)
        {
            throw new ToolException(ExitCode.Usage, $"there is no file or folder '{missing.Path}'");
        }

        var named = parts.Select(part => part.Name.Length > 0 || parts.Count == 1 ? part : part with { Name = System.IO.Path.GetFileNameWithoutExtension(part.Path.TrimEnd('/', '\\')) }).ToList();
        return named.GroupBy(part => part.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ToolException(ExitCode.Usage, $"two data sets would be called '{twice.Key}'; name them: train={twice.First().Path} val={twice.Last().Path}")
            : named;
    }
}
