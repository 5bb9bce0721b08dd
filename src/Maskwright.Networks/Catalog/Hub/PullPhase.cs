namespace Maskwright.Networks.Catalog.Hub;

/// <summary>What a pull is doing.</summary>
public enum PullPhase
{
    /// <summary>Another process holds the lock of this file.</summary>
    Waiting,

    /// <summary>Reading what an earlier, interrupted pull has left.</summary>
    Checking,

    /// <summary>Bytes are arriving.</summary>
    Downloading,

    /// <summary>The server failed; the next attempt follows after a pause.</summary>
    Pausing,

    /// <summary>The file is in the cache, checked.</summary>
    Done,
}
