namespace Maskwright.Networks.Catalog.Hub;

/// <summary>A search, a pull or a look into the cache failed; the message says why and what to do.</summary>
public sealed class HubException : IOException
{
    /// <summary>Says what failed.</summary>
    /// <param name="fault">The kind of fault.</param>
    /// <param name="message">A sentence for the user: what, why and what helps.</param>
    /// <param name="inner">The cause; null when there is nothing more to say.</param>
    public HubException(HubFault fault, string message, Exception? inner = null)
        : base(message, inner)
    {
        Fault = fault;
    }

    /// <summary>The kind of fault.</summary>
    public HubFault Fault { get; }

    /// <summary>Repository concerned, as <c>owner/name</c>; null when none is.</summary>
    public string? Repository { get; init; }

    /// <summary>File concerned, inside the repository; null when none is.</summary>
    public string? File { get; init; }

    /// <summary>What was declared (a hash or a size); null unless the fault is about one.</summary>
    public string? Expected { get; init; }

    /// <summary>What was found instead; null unless the fault is about a hash or a size.</summary>
    public string? Actual { get; init; }

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same request may succeed a little later.</summary>
    internal bool IsTransient { get; init; }
}
