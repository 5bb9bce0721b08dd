using System.Globalization;
using System.Text.RegularExpressions;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>How long a server asks to wait.</summary>
internal static partial class RetryAfterHeader
{
    /// <summary>Reads <c>Retry-After</c> (seconds or a date, RFC 9110 10.2.3), else what is left of the window in the hub's <c>RateLimit</c> header.</summary>
    /// <returns>A time that is not negative; null when the server does not say.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        if (response.Headers.RetryAfter is { } header)
        {
            var wait = header.Delta ?? header.Date - time.GetUtcNow();
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }

        if (response.Headers.TryGetValues("RateLimit", out var values)
            && RateLimitPattern().Match(string.Join(",", values)) is { Success: true } match
            && int.TryParse(match.Groups["reset"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return null;
    }

    // "api";r=0;t=55 : nothing remaining, 55 seconds to go.
    [GeneratedRegex(@";\s*r\s*=\s*0\s*;\s*t\s*=\s*(?<reset>\d{1,6})", RegexOptions.ExplicitCapture)]
    private static partial Regex RateLimitPattern();
}
