namespace Maskwright.Formats.Folders;

/// <summary>Looks at the first bytes of files to tell formats apart; never throws for what it finds.</summary>
internal static class FileBeginning
{
    private const int Length = 1 << 16;

    /// <summary>Whether all of these texts stand near the beginning of a file.</summary>
    public static bool Has(string path, params ReadOnlySpan<string> texts)
    {
        var start = Read(path);
        foreach (var text in texts)
        {
            if (!start.Contains(text, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The beginning of a file; empty when it cannot be read.</summary>
    public static string Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[Length];
            var got = stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false);
            return System.Text.Encoding.UTF8.GetString(bytes, 0, got);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    /// <summary>The first file of a folder or those below it, by name; null when there is none or the folder cannot be read.</summary>
    public static string? First(string folder, string pattern)
    {
        try
        {
            return Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
