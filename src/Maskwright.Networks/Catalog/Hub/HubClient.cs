using System.Globalization;
using System.Text.Json;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Searches the Hugging Face hub and pulls models into the hub's own cache.</summary>
/// <remarks>
/// Protocol: huggingface_hub at ee0a4510 (<c>hf_api.py</c>, <c>file_download.py</c>). The token goes to the endpoint's own scheme, host and port and
/// nowhere else. One instance may be used by several tasks at once.
/// </remarks>
public sealed class HubClient
{
    private const int LargestAnswerBytes = 64 << 20;
    private readonly HubHttp http;
    private readonly HubPull pull;

    /// <summary>Makes a client.</summary>
    /// <param name="http">Sends the requests; it must not follow redirects by itself: take <see cref="CreateHttpClient"/>. Borrowed.</param>
    /// <param name="environment">Endpoint, cache folder, token, offline mode.</param>
    /// <param name="options">Patience; null for the defaults.</param>
    /// <param name="time">Clock for pauses and limits; null for the system's.</param>
    /// <exception cref="ArgumentException">An option cannot be used.</exception>
    public HubClient(HttpClient http, HubEnvironment environment, HubOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(environment);
        options ??= new HubOptions();
        options.Validate();
        this.http = new HubHttp(http, environment, options, time ?? TimeProvider.System);
        Cache = new HubCache(environment);
        pull = new HubPull(this.http, Cache);
    }

    /// <summary>The cache that pulls write to.</summary>
    public HubCache Cache { get; }

    /// <summary>Makes an HTTP client as this class needs it: redirects are left to the hub client, and so are time limits. The caller disposes it.</summary>
    public static HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Searches models, the most downloaded first.</summary>
    /// <param name="task">What they are made for.</param>
    /// <param name="text">Words that their names contain; null for all.</param>
    /// <param name="limit">Longest list to return, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>At most <paramref name="limit"/> models; empty when none fits.</returns>
    /// <exception cref="HubException">The hub cannot be reached or answers with something else.</exception>
    /// <remarks><c>GET /api/models</c> with <c>pipeline_tag</c>, or <c>filter</c> for tasks that the hub knows only as tags.</remarks>
    public async Task<IReadOnlyList<HubModelSummary>> SearchAsync(
        SegmentationTask task, string? text = null, int limit = 20, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var search = string.IsNullOrWhiteSpace(text) ? "" : $"&search={Uri.EscapeDataString(text.Trim())}";
        var query = $"{TaskQuery(task)}{search}&sort=downloads&direction=-1&limit={limit.ToString(CultureInfo.InvariantCulture)}&full=true";
        var found = await GetJsonAsync($"api/models?{query}", new HubSubject(null), HubJson.Summaries, cancellationToken).ConfigureAwait(false);
        return found.Count <= limit ? found : [.. found.Take(limit)];
    }

    /// <summary>Asks for one revision of a model and its files.</summary>
    /// <param name="repository">Repository, as <c>owner/name</c>.</param>
    /// <param name="revision">Branch, tag or commit.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="HubException">It is not there, not allowed, or the hub cannot be reached; also when a listed name would leave the cache.</exception>
    public Task<HubModelInfo> GetModelInfoAsync(string repository, string revision = "main", CancellationToken cancellationToken = default)
    {
        HubNames.Repository(repository);
        HubNames.RelativePath(revision, repository, "revision");
        var path = $"api/models/{repository}/revision/{Uri.EscapeDataString(revision)}?blobs=true";
        return GetJsonAsync(path, new HubSubject(repository, revision), root => HubJson.Info(root, repository), cancellationToken);
    }

    /// <summary>Pulls a known model.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops the pull; what has arrived is kept for the next one.</param>
    /// <exception cref="ArgumentException">The model is embedded: there is nothing to pull.</exception>
    /// <exception cref="HubException">
    /// As <see cref="PullAsync(string, string, IReadOnlyList{string}?, IProgress{PullProgress}?, CancellationToken)"/>.
    /// </exception>
    public Task<PullResult> PullAsync(CatalogEntry entry, IProgress<PullProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var source = entry.Source ?? throw new ArgumentException($"{entry.Id} is part of Maskwright: there is nothing to pull.", nameof(entry));
        return PullAsync(source.Repository, source.Revision, [.. entry.Files], progress, cancellationToken);
    }

    /// <summary>Pulls files of a repository into the cache; what is there already is not loaded again.</summary>
    /// <param name="repository">Repository, as <c>owner/name</c>.</param>
    /// <param name="revision">Branch, tag or commit.</param>
    /// <param name="files">Paths inside the repository; null for those that a segmentation model needs (see <see cref="HubFileChoice"/>).</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops the pull; what has arrived is kept for the next one.</param>
    /// <returns>Where the files are. In offline mode: where they are in the cache.</returns>
    /// <exception cref="HubException">
    /// Something failed; see <see cref="HubException.Fault"/>. No file that is not whole and checked has its final name then.
    /// </exception>
    public Task<PullResult> PullAsync(
        string repository,
        string revision = "main",
        IReadOnlyList<string>? files = null,
        IProgress<PullProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        PullAsync(
            repository, revision, files is null ? null : [.. files.Select(file => new CatalogFile(file, ModelFileRole.Weights))], progress, cancellationToken);

    private async Task<PullResult> PullAsync(
        string repository, string revision, IReadOnlyList<CatalogFile>? files, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        HubNames.Repository(repository);
        HubNames.RelativePath(revision, repository, "revision");
        if (http.Environment.IsOffline)
        {
            return pull.FromCache(repository, revision, files);
        }

        var info = await GetModelInfoAsync(repository, revision, cancellationToken).ConfigureAwait(false);
        var wanted = files ?? HubFileChoice.Choose(info);
        return await pull.RunAsync(info, repository, revision, wanted, progress, cancellationToken).ConfigureAwait(false);
    }

    private static string TaskQuery(SegmentationTask task) => task switch
    {
        SegmentationTask.MaskGeneration => "pipeline_tag=mask-generation",
        SegmentationTask.ImageSegmentation => "pipeline_tag=image-segmentation",
        SegmentationTask.SemanticSegmentation => "filter=semantic-segmentation",
        SegmentationTask.InstanceSegmentation => "filter=instance-segmentation",
        SegmentationTask.PanopticSegmentation => "filter=panoptic-segmentation",
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, "Not a task."),
    };

    private Task<T> GetJsonAsync<T>(string path, HubSubject subject, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var address = new Uri($"{http.Environment.Endpoint.ToString().TrimEnd('/')}/{path}");
        return http.RetryAsync(
            async token =>
            {
                using var response = await http.SendAsync(HttpMethod.Get, address, subject, null, null, token).ConfigureAwait(false);
                var body = await HubBody.ReadAllAsync(http, response, subject, address, LargestAnswerBytes, token).ConfigureAwait(false);
                try
                {
                    using var document = JsonDocument.Parse(body);
                    return read(document.RootElement);
                }
                catch (JsonException error)
                {
                    throw new HubException(
                        HubFault.InvalidAnswer, $"{subject}: {address.Host} did not answer as the hub does: {HubText.Clean(error.Message)}", error)
                    {
                        Repository = subject.Repository,
                    };
                }
            },
            null,
            cancellationToken);
    }
}
