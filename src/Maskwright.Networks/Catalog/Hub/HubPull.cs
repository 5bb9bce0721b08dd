namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Brings files of one commit into the cache, one after the other.</summary>
internal sealed class HubPull(HubHttp http, HubCache cache)
{
    private readonly HubCacheLayout layout = new(http.Environment.CacheFolder);

    /// <summary>Room on the disk of a folder, in bytes; null where it cannot be told. Tests replace it.</summary>
    public Func<string, long?> FreeBytes { get; init; } = DiskFreeBytes;

    /// <summary>Pulls files that the listing of a commit names.</summary>
    public async Task<PullResult> RunAsync(
        HubModelInfo info,
        string repository,
        string revision,
        IReadOnlyList<CatalogFile> wanted,
        IProgress<PullProgress>? progress,
        CancellationToken cancellationToken)
    {
        var listed = wanted.Select(file => Listed(info, repository, revision, file)).ToArray();
        var report = new PullReport(progress, listed);
        List<PulledFile> pulled = [];
        try
        {
            foreach (var (file, known) in listed.Zip(wanted))
            {
                report.Begin();
                pulled.Add(await PullFileAsync(repository, info.Commit, file, known.Sha256, report, cancellationToken).ConfigureAwait(false));
                report.End(pulled[^1].SizeBytes);
            }

            layout.WriteRef(repository, revision, info.Commit);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not HubException))
        {
            throw new HubException(
                HubFault.NotWritable, $"{repository}: the cache {layout.CacheFolder} cannot be written: {error.Message} HF_HOME names another place.", error)
            {
                Repository = repository,
            };
        }

        return new PullResult(repository, info.Commit, layout.Snapshot(repository, info.Commit), pulled);
    }

    /// <summary>Answers a pull from the cache alone.</summary>
    public PullResult FromCache(string repository, string revision, IReadOnlyList<CatalogFile>? wanted)
    {
        var commit = layout.ReadRef(repository, revision);
        var present = commit is null ? [] : cache.SnapshotFiles(repository, commit);
        var paths = wanted?.Select(file => file.Path).ToArray() ?? [.. present.Select(file => file.Path)];
        var missing = paths.Except(present.Select(file => file.Path)).ToArray();
        if (commit is null || missing.Length > 0 || paths.Length == 0)
        {
            throw new HubException(
                HubFault.Offline,
                $"{repository}: {(missing.Length > 0 ? string.Join(", ", missing) : $"revision '{revision}'")} is not in the cache {layout.CacheFolder}, "
                + $"and HF_HUB_OFFLINE is set. Run `maskwright models pull {repository}` once with the network.")
            {
                Repository = repository,
            };
        }

        var files = paths.Select(path => present.First(file => file.Path == path))
            .Select(file => new PulledFile(file.Path, file.LocalPath, file.SizeBytes, FileCheck.Cached));
        return new PullResult(repository, commit, layout.Snapshot(repository, commit), [.. files]);
    }

    private static HubFile Listed(HubModelInfo info, string repository, string revision, CatalogFile wanted)
    {
        HubNames.RelativePath(wanted.Path, repository, "file");
        var file = info.Files.FirstOrDefault(file => file.Path == wanted.Path) ?? throw new HubException(
            HubFault.NotFound,
            $"{repository}/{wanted.Path}: there is no such file at revision '{revision}'. `maskwright models info {repository}` lists its files.")
        {
            Repository = repository,
            File = wanted.Path,
        };
        return wanted.Sha256 is null || file.Sha256 is null || wanted.Sha256 == file.Sha256
            ? file
            : throw Differs(new HubSubject(repository, revision, file.Path), "the hub's file is not the known one", wanted.Sha256, file.Sha256);
    }

    private async Task<PulledFile> PullFileAsync(
        string repository, string commit, HubFile file, string? knownSha256, PullReport report, CancellationToken cancellationToken)
    {
        var subject = new HubSubject(repository, commit, file.Path);
        var pointer = layout.Pointer(repository, commit, file.Path);
        if (Whole(file, pointer, file.SizeBytes) is { } cached)
        {
            return cached;
        }

        var escaped = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        var address = new Uri($"{http.Environment.Endpoint.ToString().TrimEnd('/')}/{repository}/resolve/{commit}/{escaped}");
        var metadata = await HubMetadata.ReadAsync(http, address, subject, cancellationToken).ConfigureAwait(false);
        var expected = ExpectedHash(subject, file, metadata, commit, knownSha256);
        layout.WriteTag();
        using var taken = await HubLock.TakeAsync(
            layout.Lock(repository, metadata.Blob),
            http.Options.LockPause,
            http.Time,
            () => report.Tell(PullPhase.Waiting, 0, metadata.SizeBytes),
            cancellationToken).ConfigureAwait(false);
        if (Whole(file, pointer, metadata.SizeBytes) is { } meanwhile)
        {
            return meanwhile; // Another process has brought it while this one waited.
        }

        var blob = layout.Blob(repository, metadata.Blob);
        var check = FileCheck.Cached;
        if (HubCache.Length(blob) != metadata.SizeBytes)
        {
            var incomplete = layout.Incomplete(repository, metadata.Blob);
            check = await DownloadAsync(address, subject, metadata, expected, incomplete, report, cancellationToken).ConfigureAwait(false);
            File.Move(incomplete, blob, overwrite: true);
        }

        HubCacheLayout.Point(blob, pointer, check != FileCheck.Cached, http.Environment.UsesSymlinks);
        return new PulledFile(file.Path, pointer, metadata.SizeBytes, check);
    }

    private static PulledFile? Whole(HubFile file, string pointer, long? sizeBytes) =>
        HubCache.Length(pointer) is { } length && (sizeBytes ?? length) == length ? new PulledFile(file.Path, pointer, length, FileCheck.Cached) : null;

    private async Task<FileCheck> DownloadAsync(
        Uri address, HubSubject subject, HubMetadata metadata, string? expected, string incomplete, PullReport report, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(incomplete)!; // A blob always lies in a folder.
        Directory.CreateDirectory(folder);
        var missing = metadata.SizeBytes - Math.Min(HubCache.Length(incomplete) ?? 0, metadata.SizeBytes);
        if (FreeBytes(folder) < missing)
        {
            throw HubDownload.DiskFull(subject, incomplete, metadata.SizeBytes, metadata.SizeBytes - missing);
        }

        using var download = new HubDownload(
            http, address, subject, metadata.SizeBytes, expected, (phase, done, fault, pause) => report.Tell(phase, done, metadata.SizeBytes, fault, pause));
        return await download.RunAsync(incomplete, cancellationToken).ConfigureAwait(false);
    }

    // All that is declared about the content must agree; the strongest of it is checked.
    private static string? ExpectedHash(HubSubject subject, HubFile file, HubMetadata metadata, string commit, string? knownSha256)
    {
        if (metadata.Commit != commit)
        {
            throw HubHttp.Invalid(subject, $"the server serves commit {metadata.Commit} when asked for {commit}");
        }

        if (file.SizeBytes is { } listed && listed != metadata.SizeBytes)
        {
            throw HubHttp.Invalid(subject, $"the hub contradicts itself: its list says {listed} bytes, its headers say {metadata.SizeBytes}");
        }

        var declared = HubNames.IsSha256(metadata.Blob) ? metadata.Blob : file.Sha256;
        if (file.Sha256 is not null && declared != file.Sha256)
        {
            throw Differs(subject, "the hub contradicts itself", file.Sha256, metadata.Blob);
        }

        if (knownSha256 is not null && declared is not null && declared != knownSha256)
        {
            throw Differs(subject, "the hub's file is not the known one", knownSha256, declared);
        }

        return knownSha256 ?? declared ?? (HubNames.IsCommit(metadata.Blob) ? metadata.Blob : file.GitSha1);
    }

    private static HubException Differs(HubSubject subject, string what, string expected, string actual) =>
        new(HubFault.WrongHash, $"{subject}: {what}: expected {expected}, got {actual}.")
        {
            Repository = subject.Repository,
            File = subject.File,
            Expected = expected,
            Actual = actual,
        };

    private static long? DiskFreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // Not every mount tells; then the write itself will.
        }
    }
}
