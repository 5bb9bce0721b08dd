namespace Maskwright.Networks.Catalog.Hub;

/// <summary>How far a pull is.</summary>
/// <param name="File">File at hand, inside the repository.</param>
/// <param name="FileIndex">Its position among the files of this pull, from 0.</param>
/// <param name="FileCount">Number of files of this pull.</param>
/// <param name="Phase">What is happening to it.</param>
/// <param name="BytesDone">Bytes of this file that are on disk.</param>
/// <param name="BytesTotal">Size of this file; null before it is known.</param>
public sealed record PullProgress(string File, int FileIndex, int FileCount, PullPhase Phase, long BytesDone, long? BytesTotal)
{
    /// <summary>Bytes on disk of all files of this pull.</summary>
    public long AllBytesDone { get; init; }

    /// <summary>Size of all files of this pull; null where the hub does not declare all sizes.</summary>
    public long? AllBytesTotal { get; init; }

    /// <summary>Length of the pause; null outside <see cref="PullPhase.Pausing"/>.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Why there is a pause; null outside <see cref="PullPhase.Pausing"/>.</summary>
    public string? PauseReason { get; init; }
}
