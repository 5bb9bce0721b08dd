namespace Maskwright.Formats;

/// <summary>Makes the place for a result ready.</summary>
internal static class OutputPlace
{
    /// <summary>Makes the folder of a file and refuses to replace a file that shall stay.</summary>
    /// <param name="path">The file that will be written.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">The folder cannot be made, or the file exists and shall stay.</exception>
    public static string PrepareFile(string path, bool overwrite)
    {
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path)));
        if (!overwrite && File.Exists(path))
        {
            throw new IOException($"{path}: exists already and shall not be replaced");
        }

        return path;
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
