namespace Maskwright.Training.Recipes;

/// <summary>A recipe cannot be followed: it is no YAML, or a setting is unknown or out of range.</summary>
public sealed class InvalidRecipeException : IOException
{
    /// <summary>Says which recipe, and what is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">What is wrong, as part of a sentence without a full stop.</param>
    /// <param name="inner">What a library threw; null when there is nothing more to say.</param>
    public InvalidRecipeException(string path, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }
}
