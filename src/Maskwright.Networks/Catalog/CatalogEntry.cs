namespace Maskwright.Networks.Catalog;

/// <summary>A model that Maskwright knows by name.</summary>
public sealed record CatalogEntry
{
    /// <summary>The name under which the model is known elsewhere: a hub repository, an original file name, or <c>classic</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Shorter names a person may type; the first is the one shown.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Which network it is.</summary>
    public required ModelFamily Family { get; init; }

    /// <summary>How its files lie.</summary>
    public required ModelLayout Layout { get; init; }

    /// <summary>What it is made for.</summary>
    public SegmentationTask Task { get; init; } = SegmentationTask.MaskGeneration;

    /// <summary>Where it is on the hub; null for what is not there.</summary>
    public HubSource? Source { get; init; }

    /// <summary>The files that are needed to run it; empty for what comes with this library.</summary>
    public IReadOnlyList<CatalogFile> Files { get; init; } = [];

    /// <summary>The file of weights that comes with this library, in the folder <c>models</c> beside it; null for none.</summary>
    public string? ShippedFile { get; init; }

    /// <summary>Where that file is on this machine, whether it is there or not; null for models that are downloaded or need none.</summary>
    public string? ShippedPath => ShippedFile is { } file ? ShippedModels.PathOf(file) : null;

    /// <summary>How to get weights where neither this library nor the hub has them; null otherwise.</summary>
    public string? HowToGet { get; init; }

    /// <summary>Number of parameters, encoder and decoder together; null where unknown.</summary>
    public long? Parameters { get; init; }

    /// <summary>About how many bytes a pull loads, as the hub's pages show it; null where unknown. Only a hint: the hub declares the exact sizes.</summary>
    public long? ApproximateBytes { get; init; }

    /// <summary>Licence as the origin states it (SPDX identifier); not checked further.</summary>
    public required string Licence { get; init; }

    /// <summary>One sentence for a list of models.</summary>
    public required string Description { get; init; }

    /// <summary>The name to show and to type: the first alias, else the identifier.</summary>
    public string ShortName => Aliases.Count > 0 ? Aliases[0] : Id;
}
