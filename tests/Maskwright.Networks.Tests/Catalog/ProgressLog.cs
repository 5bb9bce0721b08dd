using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Networks.Tests.Catalog;

/// <summary>Writes down progress in the order in which it is told.</summary>
internal sealed class ProgressLog(Action<PullProgress>? reacts = null) : IProgress<PullProgress>
{
    public List<PullProgress> Told { get; } = [];

    public void Report(PullProgress value)
    {
        Told.Add(value);
        reacts?.Invoke(value);
    }
}
