namespace Maskwright.Cli.Evaluation.Files;

/// <summary>Finds which files of predictions belong to which of the ground truth: those of the same name in the same sub-folder, whatever their endings.</summary>
/// <remarks>Where none is, the only one whose name goes on after a full stop counts, as <c>label</c> writes <c>street.classes.png</c> for <c>street.jpg</c>.</remarks>
internal static class FilePairing
{
    public static readonly string[] Images = [".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".jpg", ".jpeg"];
    public static readonly string[] Arrays = [".npy", ".npz"];

    /// <summary>Pairs two files, or two folders.</summary>
    /// <param name="truth">A file or folder.</param>
    /// <param name="predictions">Files where the truth is a file, folders where it is a folder.</param>
    /// <param name="endings">The endings that count in folders of the ground truth and of predictions.</param>
    /// <param name="omissions">Told of files of the truth that a prediction lacks.</param>
    /// <param name="suffix">What follows the truth's name in the names of predictions, before their endings.</param>
    /// <exception cref="ToolException">Something is not there, or nothing fits, or more than one file does.</exception>
    public static IReadOnlyList<PairedFile> Pair(
        string truth, IReadOnlyList<string> predictions, (string[] Truth, string[] Predictions) endings, Omissions omissions, string suffix = "")
    {
        foreach (var path in predictions.Prepend(truth).Where(path => !Path.Exists(path)))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: there is no such file or folder");
        }

        if (predictions.FirstOrDefault(path => Directory.Exists(path) != Directory.Exists(truth)) is { } other)
        {
            throw new ToolException(ExitCode.Usage, $"{truth} is a {Kind(truth)}, but {other} is a {Kind(other)}: both must be files, or both folders");
        }

        return File.Exists(truth)
            ? [new PairedFile(Path.GetFileName(truth), truth, predictions)]
            : PairFolders(truth, predictions, endings, omissions, suffix);
    }

    /// <summary>The files below a folder by their names.</summary>
    /// <exception cref="ToolException">Two files have one name but for their endings.</exception>
    public static SortedDictionary<string, string> Listing(string folder, string[] endings)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)))
        {
            var name = Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace('\\', '/');
            if (!files.TryAdd(name, file))
            {
                throw new ToolException(ExitCode.SomeInputsFailed, $"{file} and {files[name]} have the same name: it is not clear which one is meant");
            }
        }

        return files;
    }

    private static List<PairedFile> PairFolders(
        string truth, IReadOnlyList<string> predictions, (string[] Truth, string[] Predictions) endings, Omissions omissions, string suffix)
    {
        var wanted = Listing(truth, endings.Truth);
        var found = predictions.Select(folder => Listing(folder, endings.Predictions)).ToList();
        var pairs = new List<PairedFile>();
        foreach (var (name, file) in wanted)
        {
            var counterparts = found.Select(files => Counterpart(files, name + suffix)).ToList();
            var missing = Enumerable.Range(0, found.Count).Where(i => counterparts[i] is null).ToList();
            missing.ForEach(i => omissions.Report($"{predictions[i]}: has no file for {name}"));
            if (missing.Count == 0)
            {
                pairs.Add(new PairedFile(name, file, [.. counterparts.OfType<string>()]));
            }
        }

        return pairs.Count > 0 ? pairs : throw new ToolException(ExitCode.SomeInputsFailed, wanted.Count == 0
            ? $"{truth}: holds no file that ends in {string.Join(", ", endings.Truth)}"
            : $"{truth}: no file has a counterpart of the same name in every prediction");
    }

    private static string? Counterpart(SortedDictionary<string, string> files, string name)
    {
        if (files.TryGetValue(name, out var file))
        {
            return file;
        }

        var longer = files.Where(other => other.Key.StartsWith(name + '.', StringComparison.Ordinal)).Select(other => other.Value).ToList();
        return longer.Count <= 1 ? longer.FirstOrDefault() : throw new ToolException(
            ExitCode.SomeInputsFailed, $"{name} may mean {string.Join(" or ", longer.Take(3))}: keep one kind of file in a folder of predictions");
    }

    private static string Kind(string path) => Directory.Exists(path) ? "folder" : "file";
}
