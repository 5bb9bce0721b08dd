namespace Maskwright.Graphs.Weights;

/// <summary>A file of weights could not be used: it is damaged, not a checkpoint, lies about itself, or asks for code to be run.</summary>
public sealed class InvalidWeightsException : IOException
{
    /// <summary>Says which file, and what is wrong with it.</summary>
    /// <param name="path">The file, or another name by which the user knows the weights.</param>
    /// <param name="reason">What is wrong, as part of a sentence without a full stop.</param>
    /// <param name="inner">What a library threw; null when there is nothing more to say.</param>
    public InvalidWeightsException(string path, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file, or another name by which the user knows the weights.</summary>
    public string Path { get; }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }
}
