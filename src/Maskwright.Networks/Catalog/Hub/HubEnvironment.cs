using System.Text;
using System.Text.RegularExpressions;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Where the hub is, where its cache is, and who asks: the variables of the hub's own tools, read in one place.</summary>
/// <remarks>
/// Names and defaults are those of huggingface_hub, <c>constants.py</c> and <c>utils/_auth.py</c> at ee0a4510. Deviation: tokens of its interactive
/// log-in that need refreshing are used as they stand in the token file.
/// </remarks>
public sealed partial record HubEnvironment
{
    /// <summary>The public hub.</summary>
    public static Uri DefaultEndpoint { get; } = new("https://huggingface.co");

    /// <summary>Server of the hub or of a mirror (<c>HF_ENDPOINT</c>); http or https.</summary>
    public Uri Endpoint { get; init; } = DefaultEndpoint;

    /// <summary>Folder of the cache (<c>HF_HUB_CACHE</c>, else <c>HF_HOME/hub</c>, else <c>~/.cache/huggingface/hub</c>).</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Access token (<c>HF_TOKEN</c>, else the file of <c>HF_TOKEN_PATH</c> or <c>HF_HOME/token</c>); null when there is none.</summary>
    public string? Token { get; init; }

    /// <summary>True when no network call may be made (<c>HF_HUB_OFFLINE</c>).</summary>
    public bool IsOffline { get; init; }

    /// <summary>False when snapshots shall hold copies although the file system could link (<c>HF_HUB_DISABLE_SYMLINKS</c>).</summary>
    public bool UsesSymlinks { get; init; } = true;

    /// <summary>Reads the variables of this process.</summary>
    /// <exception cref="HubException">A variable cannot be used, or the token file cannot be read (<see cref="HubFault.InvalidSetting"/>).</exception>
    public static HubEnvironment FromProcess() =>
        From(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>Reads variables from anywhere.</summary>
    /// <param name="variable">Gives a variable's value; null when it is not set.</param>
    /// <param name="homeFolder">The user's home folder.</param>
    /// <exception cref="HubException">As <see cref="FromProcess"/>.</exception>
    public static HubEnvironment From(Func<string, string?> variable, string homeFolder)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(homeFolder);
        var home = Folder("HF_HOME") ?? Path.Combine(Folder("XDG_CACHE_HOME") ?? Path.Combine(homeFolder, ".cache"), "huggingface");
        return new HubEnvironment
        {
            Endpoint = ReadEndpoint(Value("HF_ENDPOINT")),
            CacheFolder = Path.GetFullPath(Folder("HF_HUB_CACHE") ?? Folder("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub")),
            Token = IsTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")
                ? null
                : Clean(Value("HF_TOKEN") ?? Value("HUGGING_FACE_HUB_TOKEN"), "HF_TOKEN")
                    ?? ReadToken(Folder("HF_TOKEN_PATH") ?? Path.Combine(home, "token")),
            IsOffline = IsTrue("HF_HUB_OFFLINE") || IsTrue("TRANSFORMERS_OFFLINE"),
            UsesSymlinks = !IsTrue("HF_HUB_DISABLE_SYMLINKS"),
        };

        string? Value(string name) => variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        string? Folder(string name) => Value(name) is { } text ? Expand(text, variable, homeFolder) : null;
        bool IsTrue(string name) => Value(name)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";
    }

    private static Uri ReadEndpoint(string? text)
    {
        if (text is null)
        {
            return DefaultEndpoint;
        }

        return Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new HubException(HubFault.InvalidSetting, $"HF_ENDPOINT is '{text}', which is not an http or https address.");
    }

    private static string? ReadToken(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return Clean(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HubException(HubFault.InvalidSetting, $"The token file {path} cannot be read: {error.Message}", error);
        }
    }

    // A token goes into a header: one with spaces or control characters inside would break the request, not just be refused.
    private static string? Clean(string? token, string origin)
    {
        var text = token?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text.All(letter => letter is > ' ' and <= '~')
            ? text
            : throw new HubException(HubFault.InvalidSetting, $"The token from {origin} holds characters that no token has.");
    }

    private static string Expand(string path, Func<string, string?> variable, string homeFolder)
    {
        var expanded = VariablePattern().Replace(path, match => variable(match.Groups["name"].Value) ?? match.Value);
        return expanded == "~" || expanded.StartsWith("~/", StringComparison.Ordinal) ? homeFolder + expanded[1..] : expanded;
    }

    [GeneratedRegex(@"\$(\{(?<name>\w+)\}|(?<name>\w+))", RegexOptions.ExplicitCapture)]
    private static partial Regex VariablePattern();

    // The token must not appear where records are printed.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(nameof(Endpoint)).Append(" = ").Append(Endpoint)
            .Append(", ").Append(nameof(CacheFolder)).Append(" = ").Append(CacheFolder)
            .Append(", ").Append(nameof(Token)).Append(" = ").Append(Token is null ? "none" : "set")
            .Append(", ").Append(nameof(IsOffline)).Append(" = ").Append(IsOffline)
            .Append(", ").Append(nameof(UsesSymlinks)).Append(" = ").Append(UsesSymlinks);
        return true;
    }
}
