namespace Maskwright.Networks.Catalog.Hub;

/// <summary>How patient the hub client is.</summary>
public sealed record HubOptions
{
    /// <summary>How often a failing request is tried in all, at least 1. Progress in a download starts the count again.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long the server may take to begin its answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a download may stand still before the connection counts as lost.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause before the second attempt; it doubles from attempt to attempt.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause that this client chooses by itself.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait that a server's <c>Retry-After</c> may ask for; a server that asks for more gets an error instead.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a lock that another process holds is looked at.</summary>
    public TimeSpan LockPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that a broken connection must have brought for the next one to start at once and with a fresh count of attempts.</summary>
    public long ProgressBytes { get; init; } = 1 << 20;

    /// <summary>Checks all settings.</summary>
    /// <exception cref="ArgumentException">One or more settings cannot be used; the message names all of them.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        Require(Attempts >= 1, $"{nameof(Attempts)} must be at least 1, but is {Attempts}");
        Require(ProgressBytes >= 1, $"{nameof(ProgressBytes)} must be at least 1, but is {ProgressBytes}");
        RequirePositive(RequestTimeout, nameof(RequestTimeout));
        RequirePositive(StallTimeout, nameof(StallTimeout));
        RequirePositive(FirstPause, nameof(FirstPause));
        RequirePositive(LongestPause, nameof(LongestPause));
        RequirePositive(LongestRetryAfter, nameof(LongestRetryAfter));
        RequirePositive(LockPause, nameof(LockPause));
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults) + ".");
        }

        void RequirePositive(TimeSpan value, string name) => Require(value > TimeSpan.Zero, $"{name} must be positive, but is {value}");

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
