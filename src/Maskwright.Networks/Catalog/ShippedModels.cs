namespace Maskwright.Networks.Catalog;

/// <summary>The networks for known classes that this house trained and that come with the library, in a folder beside it.</summary>
internal static class ShippedModels
{
    private const string Folder = "models";
    private const string Licence = "Apache-2.0";

    public static IReadOnlyList<CatalogEntry> All { get; } = [];

    /// <summary>Where the file of a shipped model is, whether it is there or not.</summary>
    /// <param name="file">Its name.</param>
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, Folder, file);

    private static CatalogEntry Of(string name, ModelFamily family, SegmentationTask task, long parameters, string description) => new()
    {
        Id = name,
        Family = family,
        Layout = ModelLayout.Safetensors,
        Task = task,
        ShippedFile = $"{name}.safetensors",
        Parameters = parameters,
        Licence = Licence,
        Description = description,
    };
}
