namespace Maskwright.Networks.Catalog;

/// <summary>Where a known model is on the hub.</summary>
/// <param name="Repository">Repository, as <c>owner/name</c>.</param>
/// <param name="Revision">Branch, tag or commit.</param>
public sealed record HubSource(string Repository, string Revision = "main");
