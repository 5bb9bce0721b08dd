using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Requests to the hub: with the token where it belongs, along redirects, again after passing faults.</summary>
internal sealed class HubHttp
{
    private const int LongestRedirectChain = 10;
    private readonly HttpClient http;
    private readonly ResiliencePropertyKey<Action<HubException, TimeSpan>?> pauseKey = new("maskwright.pause");
    private readonly ResiliencePipeline pipeline;

    public HubHttp(HttpClient http, HubEnvironment environment, HubOptions options, TimeProvider time)
    {
        this.http = http;
        Environment = environment;
        Options = options;
        Time = time;
        pipeline = options.Attempts == 1 ? ResiliencePipeline.Empty : BuildPipeline();
    }

    public HubEnvironment Environment { get; }

    public HubOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Runs an attempt until it succeeds, fails for good, or has failed too often.</summary>
    /// <param name="attempt">Throws <see cref="HubException"/> with <see cref="HubException.IsTransient"/> to be run again.</param>
    /// <param name="pauses">Told the fault and the pause before each further attempt.</param>
    /// <param name="cancellationToken">Stops attempts and pauses.</param>
    public async Task<T> RetryAsync<T>(
        Func<CancellationToken, ValueTask<T>> attempt, Action<HubException, TimeSpan>? pauses, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(pauseKey, pauses);
        try
        {
            return await pipeline.ExecuteAsync((inner, run) => run(inner.CancellationToken), context, attempt).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Sends one request and follows its redirects.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="address">Where to.</param>
    /// <param name="subject">What it is about, for messages.</param>
    /// <param name="adds">Adds headers to every request of the chain.</param>
    /// <param name="sees">Sees every answer of the chain; returns true to stop at a redirect instead of following it.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A success, a redirect at which <paramref name="sees"/> stopped, or 416; the caller disposes it.</returns>
    /// <exception cref="HubException">Any other answer, or none.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        Uri address,
        HubSubject subject,
        Action<HttpRequestHeaders>? adds,
        Func<HttpResponseMessage, bool>? sees,
        CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= LongestRedirectChain; hop++)
        {
            var response = await SendOnceAsync(method, address, subject, adds, cancellationToken).ConfigureAwait(false);
            var stops = sees?.Invoke(response) ?? false;
            if (response.IsSuccessStatusCode || stops || response.StatusCode == System.Net.HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return response;
            }

            using (response)
            {
                address = IsRedirect(response) ? Follow(address, response, subject) : throw HubAnswers.Fault(response, subject, Environment, Time);
            }
        }

        throw Invalid(subject, $"the server redirects more than {LongestRedirectChain} times");
    }

    public static bool IsRedirect(HttpResponseMessage response) => (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;

    /// <summary>The exception for an answer that does not keep the protocol.</summary>
    public static HubException Invalid(HubSubject subject, string reason, bool isTransient = false) =>
        new(HubFault.InvalidAnswer, $"{subject}: {reason}.")
        {
            Repository = subject.Repository,
            File = subject.File,
            IsTransient = isTransient,
        };

    /// <summary>The exception for a server that cannot be reached or goes silent.</summary>
    public static HubException Unreachable(HubSubject subject, Uri address, string reason, Exception? inner = null) =>
        new(HubFault.Unreachable, $"{subject}: {address.Host} {reason}.", inner)
        {
            Repository = subject.Repository,
            File = subject.File,
            IsTransient = true,
        };

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri address, HubSubject subject, Action<HttpRequestHeaders>? adds, CancellationToken cancellationToken)
    {
        if (Environment.IsOffline)
        {
            throw new HubException(HubFault.Offline, $"{subject}: this needs the network, but HF_HUB_OFFLINE is set.")
            {
                Repository = subject.Repository,
            };
        }

        using var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("maskwright", typeof(HubHttp).Assembly.GetName().Version?.ToString(3)));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity")); // Sizes and ranges are those of the file itself.
        adds?.Invoke(request.Headers);
        if (Environment.Token is { } token && IsSameOrigin(address, Environment.Endpoint))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var limit = new CancellationTokenSource(Options.RequestTimeout, Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw Unreachable(subject, address, $"cannot be reached: {HubText.Clean(error.Message)}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(subject, address, $"did not answer within {HubText.Duration(Options.RequestTimeout)}", error);
        }
    }

    private static Uri Follow(Uri address, HttpResponseMessage response, HubSubject subject)
    {
        if (response.Headers.Location is not { } location)
        {
            throw Invalid(subject, "the server redirects without saying where to");
        }

        var next = new Uri(address, location);
        if (next.Scheme is not ("http" or "https") || (address.Scheme == "https" && next.Scheme == "http"))
        {
            throw Invalid(subject, $"the server redirects from {address.Scheme} to {HubText.Clean(next.Scheme)}, which is refused");
        }

        return next;
    }

    private static bool IsSameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(a.Host, b.Host, StringComparison.OrdinalIgnoreCase);

    private ResiliencePipeline BuildPipeline() => new ResiliencePipelineBuilder { TimeProvider = Time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HubException>(error => error.IsTransient && !(error.RetryAfter > Options.LongestRetryAfter)),
            MaxRetryAttempts = Options.Attempts - 1,
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Pause(arguments.AttemptNumber, arguments.Outcome.Exception)),
            OnRetry = arguments =>
            {
                if (arguments.Context.Properties.GetValue(pauseKey, null) is { } pauses && arguments.Outcome.Exception is HubException fault)
                {
                    pauses(fault, arguments.RetryDelay);
                }

                return default;
            },
        })
        .Build();

    private TimeSpan Pause(int attempt, Exception? error)
    {
        var doubled = Options.FirstPause * Math.Pow(2, Math.Min(attempt, 16));
        var own = doubled < Options.LongestPause ? doubled : Options.LongestPause;
        return error is HubException { RetryAfter: { } asked } ? asked : own;
    }
}
