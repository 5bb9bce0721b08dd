namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Adds up the progress of the files of one pull.</summary>
internal sealed class PullReport(IProgress<PullProgress>? progress, IReadOnlyList<HubFile> files)
{
    private readonly long? total = files.All(file => file.SizeBytes is not null) ? files.Sum(file => file.SizeBytes) : null;
    private int index = -1;
    private long before;

    /// <summary>Turns to the next file.</summary>
    public void Begin() => index++;

    /// <summary>Ends a file.</summary>
    public void End(long sizeBytes)
    {
        Tell(PullPhase.Done, sizeBytes, sizeBytes);
        before += sizeBytes;
    }

    /// <summary>Tells how far the file at hand is.</summary>
    public void Tell(PullPhase phase, long done, long? size, HubException? fault = null, TimeSpan? pause = null) =>
        progress?.Report(new PullProgress(files[index].Path, index, files.Count, phase, done, size)
        {
            AllBytesDone = before + done,
            AllBytesTotal = total,
            Pause = pause,
            PauseReason = fault?.Message,
        });
}
