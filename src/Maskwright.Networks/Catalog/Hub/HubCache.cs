namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Looks into the hub's cache on this machine; never uses the network.</summary>
/// <remarks>The cache is shared with every other tool that keeps the hub's layout; what they have pulled is found here, and the other way round.</remarks>
public sealed class HubCache
{
    private readonly HubCacheLayout layout;

    /// <summary>Opens the cache of an environment; its folder need not exist.</summary>
    /// <param name="environment">Says where it is.</param>
    public HubCache(HubEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        layout = new HubCacheLayout(environment.CacheFolder);
    }

    /// <summary>The cache's folder.</summary>
    public string Folder => layout.CacheFolder;

    /// <summary>Lists the models that are here, by name.</summary>
    /// <param name="cancellationToken">Stops between models.</param>
    /// <returns>Empty when there is no cache.</returns>
    public IReadOnlyList<CachedModel> List(CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        List<CachedModel> models = [];
        foreach (var folder in Directory.EnumerateDirectories(Folder, HubCacheLayout.ModelPrefix + "*").Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var repository = HubCacheLayout.RepositoryName(Path.GetFileName(folder));
            if (HubNames.IsRepository(repository))
            {
                models.Add(Read(repository));
            }
        }

        return models;
    }

    /// <summary>Finds a model that is here.</summary>
    /// <param name="repository">Repository, as <c>owner/name</c>.</param>
    /// <returns>Null when nothing of it is here.</returns>
    public CachedModel? Find(string repository) =>
        HubNames.IsRepository(repository) && Directory.Exists(layout.RepositoryFolder(repository)) ? Read(repository) : null;

    /// <summary>Finds a file that is here.</summary>
    /// <param name="repository">Repository, as <c>owner/name</c>.</param>
    /// <param name="file">Path inside the repository, with forward slashes.</param>
    /// <param name="revision">Branch, tag or commit.</param>
    /// <returns>Its local path; null when it, or the revision, is not here.</returns>
    /// <exception cref="HubException">A name is not one (<see cref="HubFault.UnsafeName"/>).</exception>
    public string? Find(string repository, string file, string revision = "main")
    {
        var path = FindSnapshot(repository, revision) is null ? null : layout.Pointer(
            repository, layout.ReadRef(repository, revision)!, HubNames.RelativePath(file, repository, "file")); // It has a snapshot.
        return path is not null && Length(path) is not null ? path : null;
    }

    /// <summary>Finds the folder of a revision that is here.</summary>
    /// <param name="repository">Repository, as <c>owner/name</c>.</param>
    /// <param name="revision">Branch, tag or commit.</param>
    /// <returns>The snapshot folder; null when the revision is not here.</returns>
    /// <exception cref="HubException">A name is not one (<see cref="HubFault.UnsafeName"/>).</exception>
    public string? FindSnapshot(string repository, string revision = "main")
    {
        HubNames.Repository(repository);
        HubNames.RelativePath(revision, repository, "revision");
        var commit = layout.ReadRef(repository, revision);
        return commit is not null && Directory.Exists(layout.Snapshot(repository, commit)) ? layout.Snapshot(repository, commit) : null;
    }

    /// <summary>Says whether all files of a known model are here.</summary>
    /// <param name="entry">The model; an embedded one is always here.</param>
    public bool Holds(CatalogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Source is not { } source || entry.Files.All(file => Find(source.Repository, file.Path, source.Revision) is not null);
    }

    /// <summary>Deletes a model with all its revisions and unfinished downloads.</summary>
    /// <param name="repository">Repository, as <c>owner/name</c>.</param>
    /// <returns>Bytes freed; 0 when it was not here.</returns>
    /// <exception cref="HubException">A pull of it is under way (<see cref="HubFault.Busy"/>), or the name is none.</exception>
    public long Remove(string repository)
    {
        HubNames.Repository(repository);
        if (Find(repository) is not { } model)
        {
            return 0;
        }

        var locks = TakeAllLocks(repository);
        try
        {
            Directory.Delete(model.Folder, recursive: true); // Deletes links, not what they point to.
            return model.SizeBytes;
        }
        finally
        {
            locks.ForEach(taken => taken.Dispose());
        }
    }

    /// <summary>Length of what a path leads to, links followed; null when there is no file.</summary>
    internal static long? Length(string path)
    {
        var link = new FileInfo(path);
        try
        {
            var file = link.LinkTarget is null ? link : (FileInfo)link.ResolveLinkTarget(returnFinalTarget: true)!; // It is a link.
            return file.Exists ? file.Length : null;
        }
        catch (IOException) when (link.LinkTarget is not null)
        {
            return null; // A circle of links.
        }
    }

    /// <summary>Files of a snapshot whose content is here.</summary>
    internal IReadOnlyList<CachedFile> SnapshotFiles(string repository, string commit)
    {
        var folder = layout.Snapshot(repository, commit);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Length(path) is { } length ? new CachedFile(NameIn(folder, path), path, length) : null)
            .OfType<CachedFile>()
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static string NameIn(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private CachedModel Read(string repository)
    {
        var references = References(repository);
        var snapshots = layout.Snapshots(repository);
        CachedRevision[] revisions = !Directory.Exists(snapshots) ? [] : [.. Directory.EnumerateDirectories(snapshots)
            .Select(folder => (folder, Commit: Path.GetFileName(folder)))
            .OrderBy(snapshot => snapshot.Commit, StringComparer.Ordinal)
            .Select(snapshot => new CachedRevision(
                snapshot.Commit, snapshot.folder, [.. references[snapshot.Commit]], SnapshotFiles(repository, snapshot.Commit)))];
        var blobs = BlobLengths(repository);
        var copies = revisions.SelectMany(revision => revision.Files).Where(file => new FileInfo(file.LocalPath).LinkTarget is null).Sum(file => file.SizeBytes);
        var incomplete = blobs.Where(blob => blob.IsIncomplete).Sum(blob => blob.Length);
        return new CachedModel(repository, layout.RepositoryFolder(repository), revisions, blobs.Sum(blob => blob.Length) + copies, incomplete);
    }

    private ILookup<string, string> References(string repository)
    {
        var folder = layout.Refs(repository);
        var names = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => NameIn(folder, path))
            : [];
        return names.Order(StringComparer.Ordinal).ToLookup(name => layout.ReadRef(repository, name) ?? "", name => name);
    }

    private (long Length, bool IsIncomplete)[] BlobLengths(string repository)
    {
        var folder = layout.BlobFolder(repository);
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder)
            .Select(path => (Length(path) ?? 0, path.EndsWith(HubCacheLayout.IncompleteSuffix, StringComparison.Ordinal)))];
    }

    private List<HubLock> TakeAllLocks(string repository)
    {
        List<HubLock> taken = [];
        var folder = layout.LockFolder(repository);
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.lock") : [])
        {
            if (HubLock.TryTake(path) is not { } mine)
            {
                taken.ForEach(other => other.Dispose());
                throw new HubException(HubFault.Busy, $"{repository} is being pulled by another process; try again when it has ended.")
                {
                    Repository = repository,
                };
            }

            taken.Add(mine);
        }

        return taken;
    }
}
