namespace Maskwright.Cli.Running;

/// <summary>The folder for the results: tried before the work begins, and not left behind empty.</summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly string _path;
    private readonly bool _isOurs;

    private OutputFolder(string path, bool isOurs)
    {
        _path = path;
        _isOurs = isOurs;
    }

    /// <summary>Makes the folder and tries whether files can be written to it.</summary>
    /// <exception cref="ToolException">They cannot.</exception>
    public static OutputFolder Open(string path)
    {
        try
        {
            var isOurs = !Directory.Exists(path);
            Directory.CreateDirectory(path);
            var folder = new OutputFolder(path, isOurs);
            File.Create(Path.Combine(path, $".{Guid.NewGuid():N}.tmp"), 1, FileOptions.DeleteOnClose).Dispose();
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Output, $"{path}: results cannot be written there: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        if (_isOurs && Directory.Exists(_path) && !Directory.EnumerateFileSystemEntries(_path).Any())
        {
            Directory.Delete(_path);
        }
    }
}
