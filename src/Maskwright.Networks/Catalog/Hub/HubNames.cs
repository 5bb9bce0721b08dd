using System.Text.RegularExpressions;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Which names from users and servers may become addresses and paths.</summary>
internal static partial class HubNames
{
    private const int LongestEtag = 128;

    /// <summary>Refuses what the hub would not accept as a repository.</summary>
    /// <remarks>Rules: huggingface_hub, <c>validate_repo_id</c>.</remarks>
    public static string Repository(string repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return IsRepository(repository)
            ? repository
            : throw new HubException(
                HubFault.UnsafeName,
                $"'{HubText.Clean(repository)}' is not the name of a repository: it should look like owner/name, with letters, digits, '-', '_' and '.'.");
    }

    /// <summary>True for <c>name</c> or <c>owner/name</c> as the hub allows them.</summary>
    public static bool IsRepository(string text) =>
        text.Length <= 96
        && RepositoryPattern().IsMatch(text)
        && !text.Contains("--", StringComparison.Ordinal)
        && !text.Contains("..", StringComparison.Ordinal)
        && !text.EndsWith(".git", StringComparison.Ordinal);

    /// <summary>Refuses a file or revision name that would leave its folder, here or on a system with other path rules.</summary>
    public static string RelativePath(string path, string repository, string kind)
    {
        ArgumentNullException.ThrowIfNull(path);
        var isSafe = path.Length is > 0 and <= 1024
            && !path.Any(letter => char.IsControl(letter) || letter == '\\' || (letter == ':' && OperatingSystem.IsWindows()))
            && path.Split('/').All(part => part.Length > 0 && part is not ("." or "..") && part.TrimEnd('.', ' ').Length > 0);
        return isSafe
            ? path
            : throw new HubException(
                HubFault.UnsafeName, $"{repository}: the {kind} name '{HubText.Clean(path)}' is refused: it could lead outside the cache.")
            {
                Repository = repository,
                File = path,
            };
    }

    /// <summary>True for 40 hexadecimal digits.</summary>
    public static bool IsCommit(string text) => CommitPattern().IsMatch(text);

    /// <summary>True for a SHA-256 in lower-case hexadecimal.</summary>
    public static bool IsSha256(string text) => Sha256Pattern().IsMatch(text);

    /// <summary>Turns an ETag header into the name of a blob; null when it cannot be one.</summary>
    public static string? BlobName(string? etag)
    {
        if (etag is null)
        {
            return null;
        }

        var name = (etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag).Trim('"');
        return name.Length is > 0 and <= LongestEtag && BlobPattern().IsMatch(name) ? name : null;
    }

    [GeneratedRegex(@"^([A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?/)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex CommitPattern();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256Pattern();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    private static partial Regex BlobPattern();
}
