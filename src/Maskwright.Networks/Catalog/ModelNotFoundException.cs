namespace Maskwright.Networks.Catalog;

/// <summary>What a user named as a model is not on this machine, or is none; the message says what to do.</summary>
public sealed class ModelNotFoundException : IOException
{
    /// <summary>Says what was named, and what is missing.</summary>
    /// <param name="name">What the user typed.</param>
    /// <param name="reason">What is wrong and what helps, as a sentence.</param>
    /// <param name="pullName">What <c>maskwright models pull</c> would need to get it; null when pulling does not help.</param>
    public ModelNotFoundException(string name, string reason, string? pullName = null)
        : base($"{name}: {reason}")
    {
        Name = name;
        PullName = pullName;
    }

    /// <summary>What the user typed.</summary>
    public string Name { get; }

    /// <summary>What <c>maskwright models pull</c> would need to get it; null when pulling does not help.</summary>
    public string? PullName { get; }
}
