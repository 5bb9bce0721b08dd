namespace Maskwright.Formats;

/// <summary>Writes folders whole or not at all: under a temporary name beside the final one, then moved.</summary>
internal static class AtomicFolder
{
    /// <summary>Writes a folder.</summary>
    /// <param name="path">The folder to write; those above it are made.</param>
    /// <param name="overwrite">Whether an earlier result may be replaced.</param>
    /// <param name="isResult">Tells by its name whether a file belongs to an earlier result; a folder with any other content is never replaced.</param>
    /// <param name="fill">Writes the files; gets the folder's temporary name.</param>
    /// <exception cref="IOException">The folder cannot be written or may not be replaced; the message names it.</exception>
    public static void Write(string path, bool overwrite, Func<string, bool> isResult, Action<string> fill)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        CheckReplaceable(path, target, overwrite, isResult);
        OutputPlace.MakeFolder(Path.GetDirectoryName(target));
        var temporary = Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, $".{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            MoveOver(temporary, target);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not (InvalidAnnotationException or InvalidImageException))
        {
            var reason = e.Message.Replace(temporary, target, StringComparison.Ordinal);
            throw new IOException(reason.StartsWith(target, StringComparison.Ordinal) ? reason : $"{path}: cannot be written: {reason}", e);
        }
        finally
        {
            Discard(temporary);
        }
    }

    private static void CheckReplaceable(string path, string target, bool overwrite, Func<string, bool> isResult)
    {
        if (File.Exists(target))
        {
            throw new IOException($"{path}: cannot be written: it is a file, and a folder shall stand there");
        }

        if (!Directory.Exists(target))
        {
            return;
        }

        if (!overwrite)
        {
            throw new IOException($"{path}: exists already and shall not be replaced");
        }

        var foreign = Directory.EnumerateFileSystemEntries(target).FirstOrDefault(entry => Directory.Exists(entry) || !isResult(Path.GetFileName(entry)));
        if (foreign is not null)
        {
            throw new IOException($"{path}: is not replaced, since it holds {Path.GetFileName(foreign)}, which is no part of an earlier result");
        }
    }

    private static void MoveOver(string temporary, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }

        var old = temporary + ".old";
        Directory.Move(target, old);
        try
        {
            Directory.Move(temporary, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

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
