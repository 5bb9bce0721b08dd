namespace Maskwright.Networks.Catalog;

/// <summary>A model whose files are on this machine, ready to be loaded.</summary>
/// <param name="Name">A name to show: the catalog's short name, the repository, or the file's name.</param>
/// <param name="Family">Which network; <see cref="ModelFamily.Unknown"/> when only the weights can tell.</param>
/// <param name="Layout">How the files lie.</param>
/// <param name="Files">The files; empty for an embedded model.</param>
public sealed record ResolvedModel(string Name, ModelFamily Family, ModelLayout Layout, IReadOnlyList<ResolvedFile> Files)
{
    /// <summary>The catalog's entry; null for a model that the catalog does not know.</summary>
    public CatalogEntry? Entry { get; init; }

    /// <summary>The hub's repository it came from; null for one given by path.</summary>
    public string? Repository { get; init; }

    /// <summary>The commit it came from; null for one given by path.</summary>
    public string? Commit { get; init; }

    /// <summary>Finds the file of a role.</summary>
    /// <param name="role">The role.</param>
    /// <returns>Its local path; null when the model has none.</returns>
    public string? PathOf(ModelFileRole role) => Files.FirstOrDefault(file => file.Role == role)?.LocalPath;
}
