namespace Maskwright.Networks.Catalog;

/// <summary>A file of a model on this machine.</summary>
/// <param name="LocalPath">Where it is.</param>
/// <param name="Role">What it is for.</param>
public sealed record ResolvedFile(string LocalPath, ModelFileRole Role);
