using System.Net;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>What an answer of the hub means for the user.</summary>
/// <remarks>The codes in <c>X-Error-Code</c> are those that huggingface_hub reads (<c>utils/_http.py</c> at ee0a4510).</remarks>
internal static class HubAnswers
{
    private static readonly HttpStatusCode[] TransientCodes =
    [
        HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError,
        HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout,
    ];

    /// <summary>The exception for an answer that is neither a success nor a redirect.</summary>
    public static HubException Fault(HttpResponseMessage response, HubSubject subject, HubEnvironment environment, TimeProvider time)
    {
        var code = Header(response, "X-Error-Code");
        return (response.StatusCode, code) switch
        {
            (_, "GatedRepo") => Gated(subject, environment),
            (_, "RevisionNotFound") => NotFound(subject, $"there is no revision '{subject.Revision}'", "Its branches and tags stand on its page."),
            (_, "EntryNotFound") => NotFound(
                subject, $"there is no file '{subject.File}' at revision '{subject.Revision}'", $"`maskwright models info {subject.Repository}` lists its files."),
            (_, "RepoNotFound") or (HttpStatusCode.Unauthorized, _) => Hidden(subject, environment),
            (HttpStatusCode.Forbidden, _) => Denied(subject, environment, Header(response, "X-Error-Message")),
            (HttpStatusCode.NotFound, _) => NotFound(subject, "it is not there", Search(subject)),
            var (status, _) when TransientCodes.Contains(status) => Transient(response, subject, time),
            _ => Unexpected(response, subject),
        };
    }

    private static HubException Gated(HubSubject subject, HubEnvironment environment) => new(
        HubFault.AccessDenied,
        $"{subject}: its licence must be accepted first. Log in at {Page(subject, environment)}, accept it, and {TokenAdvice(environment)}")
    {
        Repository = subject.Repository,
        File = subject.File,
    };

    // The hub does not say whether something it does not show exists.
    private static HubException Hidden(HubSubject subject, HubEnvironment environment) => new(
        environment.Token is null ? HubFault.NotFound : HubFault.AccessDenied,
        $"{subject}: not found, or private, or behind a licence (the hub does not say which). "
        + $"If it exists, accept its licence at {Page(subject, environment)} and {TokenAdvice(environment)} {Search(subject)}")
    {
        Repository = subject.Repository,
        File = subject.File,
    };

    private static HubException Denied(HubSubject subject, HubEnvironment environment, string? reason) => new(
        HubFault.AccessDenied,
        $"{subject}: access denied{(reason is null ? "" : $" ({reason.TrimEnd('.')})")}. "
        + $"Accept its licence at {Page(subject, environment)} and {TokenAdvice(environment)}")
    {
        Repository = subject.Repository,
        File = subject.File,
    };

    private static HubException NotFound(HubSubject subject, string what, string advice) => new(HubFault.NotFound, $"{subject}: {what}. {advice}")
    {
        Repository = subject.Repository,
        File = subject.File,
    };

    private static HubException Transient(HttpResponseMessage response, HubSubject subject, TimeProvider time)
    {
        var wait = RetryAfterHeader.Read(response, time);
        var isLimit = response.StatusCode == HttpStatusCode.TooManyRequests;
        var reason = isLimit ? "the hub has had too many requests from here" : $"the hub answers {Status(response)}";
        return new HubException(
            isLimit ? HubFault.RateLimited : HubFault.Unreachable,
            $"{subject}: {reason}{(wait is { } time2 ? $" and asks to wait {HubText.Duration(time2)}" : "")}. Try again later.")
        {
            Repository = subject.Repository,
            File = subject.File,
            RetryAfter = wait,
            IsTransient = true,
        };
    }

    private static HubException Unexpected(HttpResponseMessage response, HubSubject subject)
    {
        var words = Header(response, "X-Error-Message");
        return new HubException(HubFault.InvalidAnswer, $"{subject}: the hub answers {Status(response)}{(words is null ? "" : $": {words}")}.")
        {
            Repository = subject.Repository,
            File = subject.File,
        };
    }

    private static string Status(HttpResponseMessage response) => $"{(int)response.StatusCode} {HubText.Clean(response.ReasonPhrase ?? "")}".TrimEnd();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? HubText.Clean(string.Join(' ', values)) : null;

    private static string Page(HubSubject subject, HubEnvironment environment) =>
        subject.Repository is null ? environment.Endpoint.ToString() : $"{environment.Endpoint.ToString().TrimEnd('/')}/{subject.Repository}";

    private static string TokenAdvice(HubEnvironment environment) =>
        environment.Token is null ? "set HF_TOKEN to an access token of yours." : "check that the token in use (HF_TOKEN) may read it.";

    private static string Search(HubSubject subject) => subject.Repository is { } repository
        ? $"`maskwright models search {repository[(repository.IndexOf('/', StringComparison.Ordinal) + 1)..]}` looks for similar names."
        : "Check HF_ENDPOINT.";
}
