namespace Maskwright.Formats;

/// <summary>Writes files whole or not at all: to a temporary name in the same folder, then moved over the final name.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; when anything fails, nothing is left behind and an older file of that name stays as it was.</summary>
    /// <param name="path">The file to write; its folder must exist. A symbolic link is followed. Devices such as <c>/dev/stdout</c> are written directly.</param>
    /// <param name="write">Writes the content. The stream is buffered, can seek (but for devices), and is closed by this method.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it and says why.</exception>
    /// <remarks>
    /// The move is atomic on one volume: readers see the old content or the new, never a part. What <paramref name="write"/> throws is passed on.
    /// The content is not forced through the disk's cache; after a power cut the file may be empty.
    /// </remarks>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = FinalTarget(path);
        if (IsDevice(target))
        {
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
            return;
        }

        CheckTarget(path, target);
        var temporary = Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, $".{Guid.NewGuid():N}.tmp");
        try
        {
            WriteThenMove(temporary, target, write);
        }
        catch (Exception e) when (Speaks(e, temporary))
        {
            throw new IOException($"{path}: cannot be written: {e.Message.Replace(temporary, path, StringComparison.Ordinal)}", e);
        }
    }

    private static void WriteThenMove(string temporary, string target, Action<Stream> write)
    {
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    private static void CheckTarget(string path, string target)
    {
        if (Directory.Exists(target))
        {
            throw new IOException($"{path}: cannot be written: it is a folder");
        }

        if (Path.GetDirectoryName(target) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path}: cannot be written: the folder {folder} does not exist");
        }
    }

    private static string FinalTarget(string path)
    {
        var full = Path.GetFullPath(path);
        var link = new FileInfo(full);
        return link.LinkTarget is null ? full : link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    // Moving a file over a device would replace the device itself.
    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows() && (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal))
        && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static bool Speaks(Exception e, string temporary) =>
        e is IOException or UnauthorizedAccessException && e.Message.Contains(temporary, StringComparison.Ordinal);

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; the file system refuses even the removal.
        }
    }
}
