namespace Maskwright.Networks.Catalog.Hub;

/// <summary>A lock file that this process holds, so that no two processes load the same blob.</summary>
/// <remarks>
/// Opening without sharing takes an exclusive <c>flock</c> on Unix, which is what the hub's own tools take on the same files. The file stays
/// behind, as theirs does: deleting it would let two processes hold locks on different files of one name.
/// </remarks>
internal sealed class HubLock : IDisposable
{
    // Group-writable, so that people who share a cache can wait for one another; the umask may narrow it.
    private const UnixFileMode SharedMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;

    private readonly FileStream stream;

    private HubLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock; null when another process or task has it.</summary>
    public static HubLock? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A lock always lies in a folder.
        try
        {
            return new HubLock(new FileStream(path, Exclusive()));
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock for as long as it takes.</summary>
    public static async Task<HubLock> TakeAsync(string path, TimeSpan pause, TimeProvider time, Action waits, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            waits();
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => stream.Dispose();

    private static FileStreamOptions Exclusive()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = SharedMode;
        }

        return options;
    }

    // Windows: ERROR_SHARING_VIOLATION. Unix: EWOULDBLOCK from flock (11 on Linux, 35 on macOS and the BSDs).
    private static bool IsSharingViolation(IOException error) => error.HResult is unchecked((int)0x80070020) or 11 or 35;
}
