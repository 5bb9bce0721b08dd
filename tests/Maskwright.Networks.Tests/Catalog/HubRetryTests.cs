using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class HubRetryTests : IAsyncLifetime
{
    private static readonly string[] Weights = ["model.safetensors"];
    private readonly FakeHub hub = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Blobs => Path.Combine(hub.RepositoryFolder, "blobs");

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Tries_again_after_server_errors_with_doubling_pauses()
    {
        foreach (var status in new[] { 500, 502, 503 })
        {
            hub.Once(asked => asked.Path.StartsWith("/api/", StringComparison.Ordinal), _ => new Reply(status));
        }

        await hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal([1, 2, 4], hub.Clock.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Gives_up_after_the_last_attempt_and_says_what_the_server_answered()
    {
        for (var i = 0; i < 3; i++)
        {
            hub.Once(_ => true, _ => new Reply(503));
        }

        var fault = await Fails(HubFault.Unreachable, () => hub.Client(options => options with { Attempts = 3 }).GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Contains("503", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, hub.Server.Log.Count);
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks()
    {
        hub.OnceStored(_ => Limited("Retry-After", "7"));
        var log = new ProgressLog();

        await hub.Client().PullAsync(FakeHub.Repository, files: Weights, progress: log, cancellationToken: Stop);

        Assert.Equal([TimeSpan.FromSeconds(7)], hub.Clock.Pauses);
        var pause = Assert.Single(log.Told, told => told.Phase == PullPhase.Pausing);
        Assert.Equal(TimeSpan.FromSeconds(7), pause.Pause);
        Assert.Contains("too many requests", pause.PauseReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_until_the_date_that_the_server_names()
    {
        hub.Once(_ => true, _ => Limited("Retry-After", "Thu, 01 Jan 2026 12:01:30 GMT"));

        await hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal([TimeSpan.FromSeconds(90)], hub.Clock.Pauses);
    }

    [Fact]
    public async Task Waits_for_the_end_of_the_hubs_own_window()
    {
        hub.Once(_ => true, _ => Limited("RateLimit", "\"api\";r=0;t=55"));

        await hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal([TimeSpan.FromSeconds(55)], hub.Clock.Pauses);
    }

    [Fact]
    public async Task Does_not_wait_longer_than_allowed_but_says_how_long_it_would_be()
    {
        hub.Once(_ => true, _ => Limited("Retry-After", "7200"));

        var fault = await Fails(HubFault.RateLimited, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Equal(TimeSpan.FromHours(2), fault.RetryAfter);
        Assert.Contains("asks to wait 2 h", fault.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Clock.Pauses);
    }

    [Fact]
    public async Task Progress_gives_fresh_attempts()
    {
        hub.Files[1] = FakeHub.Large("model.safetensors", 10_000);
        for (var i = 0; i < 9; i++)
        {
            hub.OnceStored(asked => hub.Stored(asked) with { CutAfter = 1000 });
        }

        await hub.Client(options => options with { Attempts = 2, ProgressBytes = 1000 }).PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop);

        Assert.Equal(10, hub.Storage.Log.Count);
        Assert.Equal("bytes=9000-", hub.Storage.Log[^1]["Range"]);
        Assert.Empty(hub.Clock.Pauses);
    }

    [Fact]
    public async Task A_silent_server_counts_as_lost_and_the_next_attempt_goes_on()
    {
        hub.OnceStored(asked => hub.Stored(asked) with { HangAfter = 2000 });
        var pull = hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop);
        await hub.Storage.Hanging.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await UntilKept(2000);

        hub.Clock.RunOut();

        await pull;
        Assert.Equal("bytes=2000-", hub.Storage.Log[1]["Range"]);
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Path.Combine(Blobs, hub.Files[1].Sha256), Stop));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_named()
    {
        hub.Once(_ => true, _ => new Reply(200) { HangAfter = -1 });
        var asking = hub.Client(options => options with { Attempts = 1 }).GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);
        await hub.Server.Hanging.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        hub.Clock.RunOut();

        var fault = await Fails(HubFault.Unreachable, () => asking);

        Assert.Contains("127.0.0.1 did not answer", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_keeps_what_has_arrived_and_is_not_wrapped()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        hub.OnceStored(asked => hub.Stored(asked) with { HangAfter = 3000 });
        var pull = hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: cancel.Token);
        await hub.Storage.Hanging.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await UntilKept(3000);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        Assert.Equal([hub.Files[1].Sha256 + ".incomplete"], Directory.GetFiles(Blobs).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_refused_connection_is_explained()
    {
        var gone = new LoopbackServer(_ => new Reply(200));
        hub.Environment = hub.Environment with { Endpoint = gone.Address };
        await gone.DisposeAsync();

        var fault = await Fails(HubFault.Unreachable, () => hub.Client(options => options with { Attempts = 2 }).SearchAsync(SegmentationTask.MaskGeneration, cancellationToken: Stop));

        Assert.Contains("127.0.0.1 cannot be reached", fault.Message, StringComparison.Ordinal);
        Assert.Single(hub.Clock.Pauses);
    }

    private static Reply Limited(string header, string value) => new(429) { Headers = new Dictionary<string, string> { [header] = value } };

    private static async Task<HubException> Fails(HubFault fault, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<HubException>(act);
        Assert.Equal(fault, error.Fault);
        return error;
    }

    // The server has sent these bytes; the client writes them as they come, and then waits for more with one limit running.
    private async Task UntilKept(long length)
    {
        var path = Path.Combine(Blobs, hub.Files[1].Sha256 + ".incomplete");
        while (!File.Exists(path) || new FileInfo(path).Length < length || hub.Clock.RunningLimits != 1)
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
