namespace Maskwright.Formats;

/// <summary>Makes the place for a result ready.</summary>
internal static class OutputPlace
{
    /// <summary>Makes the folder of a file and refuses to replace a file that shall stay.</summary>
    /// <param name="request">What is to be written; names the photo, which is never replaced.</param>
    /// <param name="path">The file that will be written.</param>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">The folder cannot be made, or the file exists and shall stay.</exception>
    public static string PrepareFile(MaskWriteRequest request, string path)
    {
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path)));
        if (request.ImagePath.Length > 0 && Path.GetFullPath(request.ImagePath) == Path.GetFullPath(path) && File.Exists(path))
        {
            throw new IOException($"{path}: is the image itself and is not replaced");
        }

        if (!request.Overwrite && File.Exists(path))
        {
            throw new IOException($"{path}: exists already and shall not be replaced");
        }

        return path;
    }

    /// <summary>Makes the folder of a file and refuses to replace a file that shall stay.</summary>
    /// <param name="path">The file that will be written.</param>
    /// <param name="overwrite">Whether an earlier file may be replaced.</param>
    /// <exception cref="IOException">The folder cannot be made, or the file exists and shall stay.</exception>
    public static void PrepareFile(string path, bool overwrite)
    {
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path)));
        if (!overwrite && File.Exists(path))
        {
            throw new IOException($"{path}: exists already and shall not be replaced");
        }
    }

    /// <summary>Makes a folder and those above it.</summary>
    /// <param name="folder">The folder; null for the root, which is always there.</param>
    /// <exception cref="IOException">The folder cannot be made; the message names it.</exception>
    public static void MakeFolder(string? folder)
    {
        try
        {
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{folder}: the folder cannot be made: {e.Message}", e);
        }
    }
}
