namespace Maskwright.PostProcessing;

/// <summary>Which contours are wanted, and how they hang together.</summary>
public enum ContourRetrieval
{
    /// <summary>All, each under the one that directly encloses it.</summary>
    Tree,

    /// <summary>All; holes under the outer contour of their region, all outer contours at the top.</summary>
    TwoLevels,

    /// <summary>All, without order.</summary>
    List,

    /// <summary>Only outer contours that lie in no hole.</summary>
    External,
}
