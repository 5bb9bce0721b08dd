namespace Maskwright.Networks.Catalog.Hub;

/// <summary>By what a pulled file was found to be the right one.</summary>
public enum FileCheck
{
    /// <summary>SHA-256 of the content, and the size.</summary>
    Sha256,

    /// <summary>SHA-1 of the Git blob, and the size.</summary>
    GitSha1,

    /// <summary>The size alone: the server declares no hash.</summary>
    SizeOnly,

    /// <summary>It was in the cache already; only its size was compared, where the hub declares one.</summary>
    Cached,
}
