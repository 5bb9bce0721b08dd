namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Where things lie in the hub's cache.</summary>
/// <remarks>Source: "Hub Local Cache", hub-docs, <c>docs/hub/local-cache.md</c> at 29e99ebc.</remarks>
internal sealed record HubCacheLayout(string CacheFolder)
{
    public const string ModelPrefix = "models--";
    public const string IncompleteSuffix = ".incomplete";

    private const string TagText = """
        Signature: 8a477f597d28d172789f06886806bc55
        # A cache of files from the Hugging Face hub; backups may leave it out.

        """;

    public static string FolderName(string repository) => ModelPrefix + repository.Replace("/", "--", StringComparison.Ordinal);

    public static string RepositoryName(string folderName) => folderName[ModelPrefix.Length..].Replace("--", "/", StringComparison.Ordinal);

    public string RepositoryFolder(string repository) => Path.Combine(CacheFolder, FolderName(repository));

    public string LockFolder(string repository) => Path.Combine(CacheFolder, ".locks", FolderName(repository));

    public string Lock(string repository, string blob) => Path.Combine(LockFolder(repository), blob + ".lock");

    public string BlobFolder(string repository) => Path.Combine(RepositoryFolder(repository), "blobs");

    public string Blob(string repository, string blob) => Path.Combine(BlobFolder(repository), blob);

    public string Incomplete(string repository, string blob) => Blob(repository, blob) + IncompleteSuffix;

    public string Snapshots(string repository) => Path.Combine(RepositoryFolder(repository), "snapshots");

    public string Snapshot(string repository, string commit) => Path.Combine(Snapshots(repository), commit);

    public string Pointer(string repository, string commit, string file) =>
        Path.Combine([Snapshot(repository, commit), .. file.Split('/')]);

    public string Refs(string repository) => Path.Combine(RepositoryFolder(repository), "refs");

    public string Ref(string repository, string revision) => Path.Combine([Refs(repository), .. revision.Split('/')]);

    /// <summary>Writes which commit a branch or tag names; does nothing for a commit or where it stands already.</summary>
    public void WriteRef(string repository, string revision, string commit)
    {
        if (revision == commit)
        {
            return;
        }

        var path = Ref(repository, revision);
        if (File.Exists(path) && File.ReadAllText(path) == commit)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A reference always lies in a folder.
        WriteWhole(path, commit);
    }

    /// <summary>The commit that a revision names locally; null when none is known.</summary>
    public string? ReadRef(string repository, string revision)
    {
        if (HubNames.IsCommit(revision))
        {
            return revision;
        }

        var path = Ref(repository, revision);
        if (!File.Exists(path))
        {
            return null;
        }

        var commit = File.ReadAllText(path).Trim();
        return HubNames.IsCommit(commit) ? commit : null;
    }

    /// <summary>Marks the folder as a cache for backup tools (bford.info/cachedir).</summary>
    public void WriteTag()
    {
        Directory.CreateDirectory(CacheFolder);
        var path = Path.Combine(CacheFolder, "CACHEDIR.TAG");
        if (!File.Exists(path))
        {
            WriteWhole(path, TagText.ReplaceLineEndings("\n"));
        }
    }

    /// <summary>Puts a blob under its own name into a snapshot: as a relative link, or as the file itself where links are not to be had.</summary>
    /// <param name="blob">Path of the blob.</param>
    /// <param name="pointer">Path in the snapshot.</param>
    /// <param name="isNew">True when no other snapshot can be using the blob, so that it may be moved instead of copied.</param>
    /// <param name="usesSymlinks">False: do not even try to link.</param>
    public static void Point(string blob, string pointer, bool isNew, bool usesSymlinks)
    {
        var folder = Path.GetDirectoryName(pointer)!; // A pointer always lies in a folder.
        Directory.CreateDirectory(folder);
        var temporary = $"{pointer}.{Guid.NewGuid():N}.tmp";
        if (usesSymlinks && TryLink(temporary, Path.GetRelativePath(folder, blob)))
        {
            File.Move(temporary, pointer, overwrite: true);
        }
        else if (isNew)
        {
            File.Move(blob, pointer, overwrite: true);
        }
        else
        {
            File.Copy(blob, temporary);
            File.Move(temporary, pointer, overwrite: true);
        }
    }

    // Several processes may write the same file at once; readers never see half of it.
    private static void WriteWhole(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    // Windows without developer mode, and some network and FAT file systems, have no links for us.
    private static bool TryLink(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
