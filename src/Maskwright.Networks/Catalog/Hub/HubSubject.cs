namespace Maskwright.Networks.Catalog.Hub;

/// <summary>What a request is about, for messages.</summary>
internal sealed record HubSubject(string? Repository, string? Revision = null, string? File = null)
{
    public override string ToString() => (Repository, File) switch
    {
        (null, _) => "search",
        (_, null) => Repository,
        _ => $"{Repository}/{File}",
    };
}
