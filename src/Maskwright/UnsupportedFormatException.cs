namespace Maskwright;

/// <summary>A file is of a kind that this program does not read or write.</summary>
public sealed class UnsupportedFormatException : IOException
{
    /// <summary>Says which file, and what was found in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">What was found and what would be accepted, without a full stop.</param>
    /// <param name="inner">What the decoder threw; null when there is nothing more to say.</param>
    public UnsupportedFormatException(string path, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What was found and what would be accepted.</summary>
    public string Reason { get; }
}
