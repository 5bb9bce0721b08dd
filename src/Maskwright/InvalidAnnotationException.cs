namespace Maskwright;

/// <summary>A file of masks or labels could not be used.</summary>
public sealed class InvalidAnnotationException : IOException
{
    /// <summary>Says which file, where in it, and what is wrong.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">1-based line; null when the fault has no line.</param>
    /// <param name="reason">What is wrong, as part of a sentence without a full stop.</param>
    /// <param name="inner">What the parser threw; null when there is nothing more to say.</param>
    public InvalidAnnotationException(string path, long? line, string reason, Exception? inner = null)
        : base(line is null ? $"{path}: {reason}" : $"{path}, line {line}: {reason}", inner)
    {
        Path = path;
        Line = line;
        Reason = reason;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>1-based line; null when the fault has no line.</summary>
    public long? Line { get; }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }
}
