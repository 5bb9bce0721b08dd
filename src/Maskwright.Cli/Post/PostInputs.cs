using Maskwright.Cli.Inputs;
using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Post;

/// <summary>One file or folder of masks.</summary>
/// <param name="Path">Where it is, as the user would say it.</param>
/// <param name="Name">The name of its result; images' without an extension.</param>
/// <param name="Reader">What reads it as a data set; null for an image or an array.</param>
internal sealed record PostInput(string Path, string Name, IDatasetReader? Reader);

/// <summary>Finds out what the inputs are: data sets, arrays, images, or folders and patterns of images.</summary>
internal static class PostInputs
{
    private static readonly string[] _imageExtensions = [".png", ".tif", ".tiff", ".bmp", ".gif", ".jpg", ".jpeg", ".webp", ".avif"];

    /// <summary>Finds the inputs; what cannot be found is told with its reason.</summary>
    public static (IReadOnlyList<PostInput> Found, IReadOnlyList<MissingInput> Missing) Find(IEnumerable<string> typed, bool isRecursive, string output, IDatasetReader? reader)
    {
        var (found, images, missing) = (new List<PostInput>(), new List<string>(), new List<MissingInput>());
        foreach (var path in typed)
        {
            var isImage = _imageExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !Directory.Exists(path);
            if (reader is null && (isImage || path.Contains('*', StringComparison.Ordinal)))
            {
                images.Add(path);
            }
            else if (!File.Exists(path) && !Directory.Exists(path))
            {
                missing.Add(new MissingInput(path, "no such file or folder"));
            }
            else if (reader is null && Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            {
                found.Add(new PostInput(path, Path.GetFileName(path), null));
            }
            else if ((reader ?? DatasetFormats.Detect(path)) is { } dataset)
            {
                found.Add(new PostInput(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), dataset));
            }
            else if (Directory.Exists(path))
            {
                images.Add(path);
            }
            else
            {
                missing.Add(new MissingInput(path, $"is no mask image, array or data set in a known form; --from names the form: {string.Join(", ", DatasetFormats.Readers.Select(known => known.FormatName))}"));
            }
        }

        var list = InputFinder.Find(images, isRecursive, output);
        return ([.. found, .. list.Files.Select(file => new PostInput(file.Path, file.ResultName, null))], [.. missing, .. list.Missing]);
    }
}
