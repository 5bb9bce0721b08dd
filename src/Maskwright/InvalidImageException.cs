namespace Maskwright;

/// <summary>An image file could not be used: it is damaged, empty, not an image, or larger than allowed.</summary>
public sealed class InvalidImageException : IOException
{
    /// <summary>Says which image, and what is wrong with it.</summary>
    /// <param name="path">The file, or another name by which the user knows the image.</param>
    /// <param name="reason">What is wrong, as part of a sentence without a full stop.</param>
    /// <param name="inner">What the decoder threw; null when there is nothing more to say.</param>
    public InvalidImageException(string path, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file, or another name by which the user knows the image.</summary>
    public string Path { get; }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }
}
