namespace Maskwright.Networks.Catalog.Hub;

/// <summary>One revision of a model on the hub, with its files.</summary>
/// <param name="Summary">Name, task, licence, counts.</param>
/// <param name="Commit">The commit that the revision names, 40 hexadecimal digits.</param>
/// <param name="Files">All files of the repository at that commit, in the hub's order.</param>
public sealed record HubModelInfo(HubModelSummary Summary, string Commit, IReadOnlyList<HubFile> Files)
{
    /// <summary>Number of parameters that the hub read from safetensors headers; null where it does not say.</summary>
    public long? Parameters { get; init; }
}
