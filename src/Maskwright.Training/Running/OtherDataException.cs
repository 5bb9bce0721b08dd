namespace Maskwright.Training.Running;

/// <summary>A run is to go on with other data than it began with.</summary>
public sealed class OtherDataException : IOException
{
    /// <summary>Says what differs.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="before">The data that it learned from.</param>
    /// <param name="now">The data that is given.</param>
    public OtherDataException(string path, string before, string now)
        : base($"{path}: learned from other data ({before}) than is given now ({now}); photos or labels were added, changed or taken away")
    {
    }
}
