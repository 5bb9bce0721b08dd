namespace Maskwright.PostProcessing;

/// <summary>Which neighbours of a pixel belong together.</summary>
public enum Connectivity
{
    /// <summary>Those that share a side.</summary>
    Four = 4,

    /// <summary>Those that share a side or a corner.</summary>
    Eight = 8,
}
