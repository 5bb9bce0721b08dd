namespace Maskwright.Cli.Inputs;

/// <summary>Names results after their images: <c>coffee</c> for <c>coffee.png</c>, and so that no two images share a name.</summary>
internal static class ResultNames
{
    /// <summary>What follows the name of a picture that shows the masks on the image.</summary>
    public const string OverlaySuffix = ".overlay.png";

    /// <summary>Gives every image the shortest name that is its own: the stem, else with the extension, else with a number.</summary>
    /// <param name="files">Each file's path, and its name below the folder that was asked for.</param>
    public static IReadOnlyList<InputFile> Assign(IEnumerable<(string Path, string Name)> files)
    {
        var all = files.ToList();
        var stems = all.CountBy(file => Stem(file.Name), StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. all.Select(file => new InputFile(file.Path, Free(stems[Stem(file.Name)] == 1 ? Stem(file.Name) : file.Name, taken)))];
    }

    private static string Free(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 2; !taken.Add(name); i++)
        {
            name = $"{wanted}-{i}";
        }

        return name;
    }

    private static string Stem(string name) => name[..^Path.GetExtension(name).Length];
}
