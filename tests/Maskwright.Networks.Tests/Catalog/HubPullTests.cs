using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class HubPullTests : IAsyncLifetime
{
    private readonly FakeHub hub = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Lays_the_cache_out_as_the_hubs_own_tools_do()
    {
        hub.Files.Add(FakeHub.Large("onnx/vision_encoder.onnx", 300, seed: 2));
        string[] files = ["config.json", "model.safetensors", "onnx/vision_encoder.onnx"];

        await hub.Client().PullAsync(FakeHub.Repository, files: files, cancellationToken: Stop);

        var blobs = hub.Files.Select(file => file.Blob).ToArray();
        string[] expected =
        [
            ".locks/models--someone--tiny-sam/" + blobs[0] + ".lock",
            ".locks/models--someone--tiny-sam/" + blobs[1] + ".lock",
            ".locks/models--someone--tiny-sam/" + blobs[2] + ".lock",
            "CACHEDIR.TAG",
            "models--someone--tiny-sam/blobs/" + blobs[0],
            "models--someone--tiny-sam/blobs/" + blobs[1],
            "models--someone--tiny-sam/blobs/" + blobs[2],
            "models--someone--tiny-sam/refs/main",
            $"models--someone--tiny-sam/snapshots/{FakeHub.Commit}/config.json -> ../../blobs/{blobs[0]}",
            $"models--someone--tiny-sam/snapshots/{FakeHub.Commit}/model.safetensors -> ../../blobs/{blobs[1]}",
            $"models--someone--tiny-sam/snapshots/{FakeHub.Commit}/onnx/vision_encoder.onnx -> ../../../blobs/{blobs[2]}",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Tree(hub.Environment.CacheFolder));
        Assert.Equal(FakeHub.Commit, await File.ReadAllTextAsync(Path.Combine(hub.RepositoryFolder, "refs", "main"), Stop));
        Assert.All(hub.Files, file => Assert.Equal(file.Content, File.ReadAllBytes(Path.Combine(hub.RepositoryFolder, "blobs", file.Blob))));
        Assert.StartsWith("Signature: 8a477f597d28d172789f06886806bc55\n", await File.ReadAllTextAsync(Path.Combine(hub.Environment.CacheFolder, "CACHEDIR.TAG"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_large_files_by_sha256_and_small_ones_by_gits_sha1()
    {
        var result = await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal([("config.json", FileCheck.GitSha1), ("model.safetensors", FileCheck.Sha256)], result.Files.Select(file => (file.Path, file.Check)));
        Assert.Equal(FakeHub.Commit, result.Commit);
        Assert.All(result.Files, file => Assert.True(File.Exists(file.LocalPath)));
    }

    [Fact]
    public void Gits_sha1_is_that_of_git_hash_object()
    {
        using var hash = HubHash.Start(new string('0', 40), 6);

        hash.Append("hello\n"u8);

        Assert.Equal("ce013625030ba8dba906f756967f9e9ca394464a", hash.Finish());
    }

    [Fact]
    public async Task Asks_for_no_body_when_everything_is_there()
    {
        await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);
        var before = hub.BodyRequests.Count;

        var again = await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal(before, hub.BodyRequests.Count);
        Assert.All(again.Files, file => Assert.Equal(FileCheck.Cached, file.Check));
    }

    [Fact]
    public async Task Loads_a_file_once_that_two_commits_share()
    {
        await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);
        var before = hub.Storage.Log.Count;
        hub.Head = new string('b', 40);
        hub.Files[0] = FakeHub.Small("config.json", "{}");

        var result = await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal(before, hub.Storage.Log.Count);
        Assert.Equal([FileCheck.GitSha1, FileCheck.Cached], result.Files.Select(file => file.Check));
        Assert.Equal(hub.Head, await File.ReadAllTextAsync(Path.Combine(hub.RepositoryFolder, "refs", "main"), Stop));
        Assert.Equal(2, new HubCache(hub.Environment).Find(FakeHub.Repository)!.Revisions.Count);
    }

    [Fact]
    public async Task Goes_on_after_a_cut_where_the_bytes_ended()
    {
        hub.OnceStored(asked => hub.Stored(asked) with { CutAfter = 1200 });

        await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop);

        Assert.Equal([null, "bytes=1200-"], hub.Storage.Log.Select(asked => asked["Range"]));
        Assert.Equal($"\"store-{hub.Files[1].Sha256[..8]}\"", hub.Storage.Log[1]["If-Range"]);
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Blob(hub.Files[1]), Stop));
    }

    [Fact]
    public async Task A_later_pull_goes_on_where_an_earlier_one_gave_up()
    {
        hub.OnceStored(asked => hub.Stored(asked) with { CutAfter = 4000 });
        var impatient = hub.Client(options => options with { Attempts = 1 });
        var fault = await Assert.ThrowsAsync<HubException>(() => impatient.PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop));
        Assert.Equal(HubFault.Unreachable, fault.Fault);
        Assert.Equal(4000, new FileInfo(Blob(hub.Files[1]) + ".incomplete").Length);
        Assert.False(Directory.Exists(Path.Combine(hub.RepositoryFolder, "refs")));

        await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop);

        Assert.Equal("bytes=4000-", hub.Storage.Log[^1]["Range"]);
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Blob(hub.Files[1]), Stop));
        Assert.False(File.Exists(Blob(hub.Files[1]) + ".incomplete"));
    }

    [Fact]
    public async Task Starts_over_when_the_server_ignores_ranges()
    {
        hub.OnceStored(asked => hub.Stored(asked) with { CutAfter = 1200 });
        hub.OnceStored(_ => new Reply(200) { Body = hub.Files[1].Content });

        var result = await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop);

        Assert.Equal(FileCheck.Sha256, result.Files[0].Check);
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Blob(hub.Files[1]), Stop));
    }

    [Fact]
    public async Task Starts_over_when_the_server_sends_another_part_than_asked_for()
    {
        hub.OnceStored(asked => hub.Stored(asked) with { CutAfter = 1200 });
        hub.OnceStored(_ => new Reply(206)
        {
            Body = hub.Files[1].Content[100..],
            Headers = new Dictionary<string, string> { ["Content-Range"] = "bytes 100-4999/5000" },
        });

        await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop);

        Assert.Equal([null, "bytes=1200-", null], hub.Storage.Log.Select(asked => asked["Range"]));
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Blob(hub.Files[1]), Stop));
    }

    [Fact]
    public async Task Starts_a_new_blob_when_the_file_changed_between_two_pulls()
    {
        hub.OnceStored(asked => hub.Stored(asked) with { CutAfter = 1200 });
        var impatient = hub.Client(options => options with { Attempts = 1 });
        await Assert.ThrowsAsync<HubException>(() => impatient.PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop));
        var (old, changed) = (hub.Files[1], FakeHub.Large("model.safetensors", 6000, seed: 7));
        hub.Files[1] = changed;
        hub.Head = new string('c', 40);

        await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop);

        Assert.Null(hub.Storage.Log[^1]["Range"]);
        Assert.Equal(changed.Content, await File.ReadAllBytesAsync(Blob(changed), Stop));
        Assert.False(File.Exists(Blob(old)));
    }

    [Fact]
    public async Task Starts_over_once_when_what_was_kept_is_not_the_beginning_of_the_file()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Blob(hub.Files[1]))!);
        await File.WriteAllBytesAsync(Blob(hub.Files[1]) + ".incomplete", new byte[1000], Stop);

        await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop);

        Assert.Equal(["bytes=1000-", null], hub.Storage.Log.Select(asked => asked["Range"]));
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Blob(hub.Files[1]), Stop));
    }

    [Fact]
    public async Task Replaces_a_cached_file_of_the_wrong_length()
    {
        await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);
        await File.WriteAllTextAsync(Blob(hub.Files[1]), "damaged", Stop);

        await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Blob(hub.Files[1]), Stop));
    }

    [Fact]
    public async Task Pulls_an_empty_file()
    {
        hub.Files[0] = FakeHub.Small("config.json", "");

        var result = await hub.Client().PullAsync(FakeHub.Repository, files: ["config.json"], cancellationToken: Stop);

        Assert.Equal("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", hub.Files[0].Blob);
        Assert.Equal(0, result.Files[0].SizeBytes);
        Assert.True(File.Exists(result.Files[0].LocalPath));
    }

    [Fact]
    public async Task Puts_copies_where_links_are_not_wanted()
    {
        hub.Environment = hub.Environment with { UsesSymlinks = false };

        var result = await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.All(result.Files, file => Assert.Null(File.ResolveLinkTarget(file.LocalPath, false)));
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(result.Files[1].LocalPath, Stop));
        Assert.Empty(Directory.GetFiles(Path.Combine(hub.RepositoryFolder, "blobs")));
        Assert.All((await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop)).Files, file => Assert.Equal(FileCheck.Cached, file.Check));
    }

    [Fact]
    public async Task Tells_its_progress_in_bytes_of_the_file_and_of_all()
    {
        var log = new ProgressLog();

        await hub.Client().PullAsync(FakeHub.Repository, progress: log, cancellationToken: Stop);

        var small = hub.Files[0].Content.Length;
        Assert.Equal((PullPhase.Done, 5000L, (long?)5000L), (log.Told[^1].Phase, log.Told[^1].BytesDone, log.Told[^1].BytesTotal));
        Assert.Equal((small + 5000L, (long?)(small + 5000L)), (log.Told[^1].AllBytesDone, log.Told[^1].AllBytesTotal));
        Assert.Equal([0, 1], log.Told.Select(told => told.FileIndex).Distinct());
    }

    [Fact]
    public async Task Waits_while_another_process_holds_the_lock()
    {
        var path = Path.Combine(hub.Environment.CacheFolder, ".locks", "models--someone--tiny-sam", hub.Files[1].Blob + ".lock");
        var other = HubLock.TryTake(path);
        var log = new ProgressLog(told =>
        {
            if (told.Phase == PullPhase.Waiting)
            {
                other?.Dispose();
            }
        });

        await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], progress: log, cancellationToken: Stop);

        Assert.NotNull(other);
        Assert.Equal(PullPhase.Waiting, log.Told[0].Phase);
        Assert.Equal(PullPhase.Done, log.Told[^1].Phase);
    }

    [Fact]
    public async Task Two_pulls_at_once_load_each_file_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop)));

        Assert.Single(hub.Storage.Log);
        Assert.Equal(hub.Files[1].Content, await File.ReadAllBytesAsync(Blob(hub.Files[1]), Stop));
    }

    [Fact]
    public async Task Offline_finds_what_is_there_and_asks_nobody()
    {
        await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);
        var before = hub.Server.Log.Count;
        hub.Environment = hub.Environment with { IsOffline = true };

        var result = await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal(["config.json", "model.safetensors"], result.Files.Select(file => file.Path));
        Assert.Equal(before, hub.Server.Log.Count);
    }

    [Fact]
    public async Task Offline_says_what_is_missing_and_what_would_get_it()
    {
        hub.Environment = hub.Environment with { IsOffline = true };

        var pull = await Assert.ThrowsAsync<HubException>(() => hub.Client().PullAsync(FakeHub.Repository, files: ["config.json"], cancellationToken: Stop));
        var info = await Assert.ThrowsAsync<HubException>(() => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Equal((HubFault.Offline, HubFault.Offline), (pull.Fault, info.Fault));
        Assert.Contains("maskwright models pull someone/tiny-sam", pull.Message, StringComparison.Ordinal);
        Assert.Contains("HF_HUB_OFFLINE", info.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Server.Log);
    }

    private string Blob(FakeFile file) => Path.Combine(hub.RepositoryFolder, "blobs", file.Blob);

    private static IEnumerable<string> Tree(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path) + (File.ResolveLinkTarget(path, false) is null ? "" : " -> " + new FileInfo(path).LinkTarget))
        .Order(StringComparer.Ordinal);
}
