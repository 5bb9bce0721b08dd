using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace Maskwright.Cli.Inputs;

/// <summary>Finds the images that files, folders and patterns on the command line name.</summary>
internal static class InputFinder
{
    private static readonly HashSet<string> ImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".tif", ".tiff", ".gif", ".bmp", ".dib", ".heic", ".heif", ".hif", ".avif",
    };

    /// <summary>Expands what the user typed, in that order; the files of a folder or pattern in ordinal order; each file once.</summary>
    /// <param name="typed">Files, folders and patterns with <c>*</c> and <c>**</c>.</param>
    /// <param name="isRecursive">Whether folders are searched to the bottom.</param>
    /// <param name="outputFolder">Results of earlier runs, never taken as inputs of a folder or pattern.</param>
    public static InputList Find(IEnumerable<string> typed, bool isRecursive, string outputFolder)
    {
        var found = new List<(string Path, string Name)>();
        var missing = new List<MissingInput>();
        foreach (var input in typed)
        {
            var files = Expand(input, isRecursive, Path.GetFullPath(outputFolder));
            if (files is null or { Count: 0 })
            {
                missing.Add(new MissingInput(input, Reason(input)));
            }

            found.AddRange(files ?? []);
        }

        return new InputList(ResultNames.Assign(found.DistinctBy(file => Path.GetFullPath(file.Path))), missing);
    }

    private static List<(string Path, string Name)>? Expand(string input, bool isRecursive, string outputFolder)
    {
        if (File.Exists(input))
        {
            return [(input, Path.GetFileName(input))];
        }

        if (Directory.Exists(input))
        {
            return FromFolder(input, isRecursive ? "**/*" : "*", outputFolder);
        }

        return input.Contains('*', StringComparison.Ordinal) ? FromPattern(input, outputFolder) : null;
    }

    private static List<(string Path, string Name)> FromPattern(string pattern, string outputFolder)
    {
        var parts = pattern.Replace('\\', '/').Split('/');
        var fixedParts = parts.TakeWhile(part => !part.Contains('*', StringComparison.Ordinal)).Count();
        var folder = string.Join('/', parts[..fixedParts]);
        folder = folder.Length > 0 ? folder : pattern.StartsWith('/') ? "/" : ".";
        return Directory.Exists(folder) ? FromFolder(folder, string.Join('/', parts[fixedParts..]), outputFolder) : [];
    }

    private static List<(string Path, string Name)> FromFolder(string folder, string pattern, string outputFolder)
    {
        var names = new Matcher(StringComparison.Ordinal).AddInclude(pattern).Execute(new DirectoryInfoWrapper(new DirectoryInfo(folder))).Files
            .Select(file => file.Path);
        return
        [
            .. names.Where(IsImage)
                .Select(name => (Path: folder == "." ? name : Path.Combine(folder, name), Name: name))
                .Where(file => !IsInside(outputFolder, Path.GetFullPath(file.Path), Path.GetFullPath(folder)))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a file is called as images are; overlays that a run wrote are none.</summary>
    internal static bool IsImage(string name) =>
        ImageExtensions.Contains(Path.GetExtension(name)) && !name.EndsWith(ResultNames.OverlaySuffix, StringComparison.OrdinalIgnoreCase);

    // Results that lie in a folder of their own below the searched one are left out; when both are the same folder, only overlays can be told apart.
    private static bool IsInside(string outputFolder, string file, string searched) =>
        outputFolder != searched && outputFolder.StartsWith(searched, StringComparison.Ordinal) && file.StartsWith(outputFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Reason(string input) => input switch
    {
        _ when Directory.Exists(input) => "the folder holds no image (sub-folders are searched with --recursive)",
        _ when input.Contains('*', StringComparison.Ordinal) => "the pattern matches no image",
        _ => "no such file or folder",
    };
}
