using Maskwright.Cli.Inputs;
using Maskwright.Cli.Options;

namespace Maskwright.Cli.Running;

/// <summary>Looks for results of an earlier run before the work begins, not after it.</summary>
internal static class ExistingResults
{
    /// <summary>Finds a file or folder that this run would write.</summary>
    /// <returns>Its path; null when nothing is in the way.</returns>
    public static string? Find(OutputSettings output, InputFile input) => output.Writers
        .SelectMany(writer => Names(input.ResultName, writer.Suffix))
        .Select(name => Path.Combine(output.Folder, name))
        .FirstOrDefault(path => File.Exists(path) || Directory.Exists(path));

    // A format with one file a mask numbers them when there are several.
    private static IEnumerable<string> Names(string stem, string suffix)
    {
        var extension = Path.GetExtension(suffix);
        yield return stem + suffix;
        yield return $"{stem}{suffix[..^extension.Length]}-0{extension}";
    }
}
