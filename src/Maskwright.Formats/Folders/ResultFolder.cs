namespace Maskwright.Formats.Folders;

/// <summary>Writes the files of a data set into a folder: first all of them under a temporary name, then each to its place.</summary>
internal static class ResultFolder
{
    /// <summary>Writes the files. Where there is no such folder yet, it appears whole or not at all; where there is one, nothing in it changes before every file is
    /// written, and files that are no part of a result (photos) stay.</summary>
    /// <param name="path">The folder; those above it are made.</param>
    /// <param name="overwrite">Whether files of an earlier result may be replaced.</param>
    /// <param name="isResult">Tells by its path within the folder, with forward slashes, whether a file would be read as part of the result.</param>
    /// <param name="fill">Writes the files; gets the folder's temporary name.</param>
    /// <param name="singleFile">The ending of formats of one file an image, such as <c>.geojson</c>: a path with this ending becomes the file itself when there is only one.</param>
    /// <exception cref="IOException">The folder cannot be written, files exist and shall stay, or there are result files of another data set that would be read with these.</exception>
    public static void Write(string path, bool overwrite, Func<string, bool> isResult, Action<string> fill, string? singleFile = null)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var mayBeFile = singleFile is not null && target.EndsWith(singleFile, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(target);
        CheckPlace(path, target, overwrite, mayBeFile, isResult);
        OutputPlace.MakeFolder(Path.GetDirectoryName(target));
        var temporary = Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, $".{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            if (mayBeFile && FilesOf(temporary).Take(2).ToArray() is [var only])
            {
                File.Move(Path.Combine(temporary, only), target, overwrite);
            }
            else
            {
                Place(path, temporary, target, isResult);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not (InvalidAnnotationException or InvalidImageException or UnsupportedFormatException))
        {
            var reason = e.Message.Replace(temporary, target, StringComparison.Ordinal);
            throw new IOException(reason.StartsWith(target, StringComparison.Ordinal) || reason.StartsWith(path, StringComparison.Ordinal) ? reason : $"{path}: cannot be written: {reason}", e);
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <summary>Opens a new file below the temporary folder, making the folders above it.</summary>
    public static FileStream Create(string folder, string relativePath)
    {
        var path = Path.Combine(folder, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    }

    private static void CheckPlace(string path, string target, bool overwrite, bool mayBeFile, Func<string, bool> isResult)
    {
        if (File.Exists(target) && !(mayBeFile && overwrite))
        {
            throw new IOException(mayBeFile ? $"{path}: exists already, and shall not be replaced" : $"{path}: cannot be written: it is a file, and a folder shall stand there");
        }

        if (!overwrite && FilesOf(target).FirstOrDefault(isResult) is { } present)
        {
            throw new IOException($"{path}: holds {present} already, which shall not be replaced");
        }
    }

    private static void Place(string path, string temporary, string target, Func<string, bool> isResult)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }

        var files = FilesOf(temporary).ToHashSet(StringComparer.Ordinal);
        if (FilesOf(target).FirstOrDefault(file => isResult(file) && !files.Contains(file)) is { } foreign)
        {
            throw new IOException($"{path}: holds {foreign}, which is no part of this data set but would be read with it; name an empty folder");
        }

        foreach (var file in files)
        {
            var place = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(place) ?? target);
            File.Move(Path.Combine(temporary, file), place, overwrite: true);
        }
    }

    private static IEnumerable<string> FilesOf(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
        : [];

    private static void Discard(string temporary)
    {
        try
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; the file system refuses even the removal.
        }
    }
}
