namespace Maskwright.Networks.Catalog.Hub;

/// <summary>A model as the hub's search lists it.</summary>
/// <param name="Id">Repository, as <c>owner/name</c>.</param>
public sealed record HubModelSummary(string Id)
{
    /// <summary>The hub's name of its task (<c>mask-generation</c>); null where it declares none.</summary>
    public string? Task { get; init; }

    /// <summary>Library it was made for (<c>transformers</c>); null where it declares none.</summary>
    public string? Library { get; init; }

    /// <summary>Licence, from the tag <c>license:</c>; null where it declares none.</summary>
    public string? Licence { get; init; }

    /// <summary>Downloads in the last month, as the hub counts them.</summary>
    public long Downloads { get; init; }

    /// <summary>People who liked it.</summary>
    public long Likes { get; init; }

    /// <summary>When it last changed; null where the hub does not say.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>True when its licence must be accepted on the hub's page before it can be pulled.</summary>
    public bool IsGated { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
