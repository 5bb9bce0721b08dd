using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Networks.Catalog;

/// <summary>Turns what a user types as a model into files on this machine; never uses the network.</summary>
/// <param name="cache">Where pulled models are.</param>
/// <remarks>
/// Order: a name of the catalog whose files are here; a path that exists; a repository of the hub that is in the cache. A file or folder that happens to
/// have the name of a catalog entry is meant for sure when it is written as a path (<c>./classic</c>).
/// </remarks>
public sealed class ModelResolver(HubCache cache)
{
    /// <summary>Resolves a model.</summary>
    /// <param name="name">
    /// A name of the catalog (<c>slimsam-77</c>); a repository of the hub (<c>facebook/sam-vit-base</c>), with <c>@revision</c> where it is not <c>main</c>;
    /// a file (<c>.pth</c>, <c>.pt</c>, <c>.safetensors</c>, <c>.onnx</c>); or a folder with such files.
    /// </param>
    /// <returns>The model with its files.</returns>
    /// <exception cref="ModelNotFoundException">It is none of these, or is not on this machine; the message names the command that would get it.</exception>
    /// <exception cref="HubException">The revision after <c>@</c> is no name (<see cref="HubFault.UnsafeName"/>).</exception>
    public ResolvedModel Resolve(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        name = name.Trim();
        var entry = ModelCatalog.Find(name);
        if (entry is not null && FromEntry(entry) is { } known)
        {
            return known;
        }

        if (File.Exists(name))
        {
            return ModelFiles.FromFile(name);
        }

        if (Directory.Exists(name))
        {
            return ModelFiles.FromFolder(name, name, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name))));
        }

        if (entry?.ShippedFile is { } shipped)
        {
            throw new ModelNotFoundException(name, $"its weights {ShippedModels.PathOf(shipped)} are missing, although they come with Maskwright; install it again.");
        }

        if (entry?.HowToGet is { } advice)
        {
            throw new ModelNotFoundException(name, $"no weights for it come with Maskwright. {advice}");
        }

        if (entry is not null)
        {
            throw new ModelNotFoundException(
                name, $"this model is not on this machine yet. `maskwright models pull {entry.ShortName}` gets it{Size(entry)}.", entry.ShortName);
        }

        var (repository, revision) = SplitRevision(name);
        return LooksLikeRepository(repository) ? FromRepository(name, repository, revision) : throw Unknown(name);
    }

    // Null when a file of it is missing.
    private ResolvedModel? FromEntry(CatalogEntry entry)
    {
        if (entry.HowToGet is not null)
        {
            return null;
        }

        if (entry.ShippedFile is { } name)
        {
            var path = ShippedModels.PathOf(name);
            return File.Exists(path) ? new ResolvedModel(entry.ShortName, entry.Family, entry.Layout, [new ResolvedFile(path, ModelFileRole.Weights)]) { Entry = entry } : null;
        }

        if (entry.Source is not { } source)
        {
            return new ResolvedModel(entry.ShortName, entry.Family, entry.Layout, []) { Entry = entry };
        }

        var files = entry.Files.Select(file => (file.Role, Path: cache.Find(source.Repository, file.Path, source.Revision))).ToArray();
        if (files.Any(file => file.Path is null))
        {
            return null;
        }

        ResolvedFile[] found = [.. files.Select(file => new ResolvedFile(file.Path!, file.Role))]; // None is null here.
        return new ResolvedModel(entry.ShortName, entry.Family, entry.Layout, found)
        {
            Entry = entry,
            Repository = source.Repository,
            Commit = Path.GetFileName(cache.FindSnapshot(source.Repository, source.Revision)),
        };
    }

    private ResolvedModel FromRepository(string name, string repository, string revision)
    {
        var known = ModelCatalog.Find(repository);
        if (cache.FindSnapshot(repository, revision) is not { } folder)
        {
            var advice = revision == "main" ? $"`maskwright models pull {repository}`" : $"`maskwright models pull {repository} --revision {revision}`";
            throw new ModelNotFoundException(
                name, $"not in the cache {cache.Folder}. {advice} gets it, if it is on the hub{DidYouMean(repository)}.", repository);
        }

        var model = ModelFiles.FromFolder(name, folder, repository);
        return model with
        {
            Entry = known,
            Family = known?.Family ?? model.Family,
            Repository = repository,
            Commit = Path.GetFileName(folder),
        };
    }

    private static ModelNotFoundException Unknown(string name)
    {
        var isPath = name.IndexOfAny(['/', '\\']) >= 0 || Path.HasExtension(name) || name.StartsWith('~');
        return isPath
            ? new ModelNotFoundException(name, $"there is no such file or folder{DidYouMean(name)}.")
            : new ModelNotFoundException(
                name,
                $"not a model that Maskwright knows{DidYouMean(name)}. "
                + "`maskwright models list` shows the known ones; a model of the hub is written owner/name, a file with its path.");
    }

    private static bool LooksLikeRepository(string text) =>
        text.Contains('/', StringComparison.Ordinal) && HubNames.IsRepository(text) && !DetectedLayout.IsModelFile(text);

    private static (string Repository, string Revision) SplitRevision(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (name, "main") : (name[..at], name[(at + 1)..]);
    }

    private static string DidYouMean(string name) =>
        ModelCatalog.Suggest(name) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : "";

    private static string Size(CatalogEntry entry) => entry.ApproximateBytes is { } bytes ? $" (about {HubText.Size(bytes)})" : "";
}
