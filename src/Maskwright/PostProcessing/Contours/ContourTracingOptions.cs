namespace Maskwright.PostProcessing;

/// <summary>What contour tracing gives back.</summary>
public sealed record ContourTracingOptions
{
    /// <summary>Which contours, and how they hang together.</summary>
    public ContourRetrieval Retrieval { get; init; } = ContourRetrieval.Tree;

    /// <summary>Whether points on straight stretches (horizontal, vertical, diagonal) are left out.</summary>
    public bool CornersOnly { get; init; }
}
