using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class HubFaultTests : IAsyncLifetime
{
    private static readonly string[] Weights = ["model.safetensors"];
    private readonly FakeHub hub = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Blobs => Path.Combine(hub.RepositoryFolder, "blobs");

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Removes_a_large_file_with_the_wrong_hash_and_names_both_hashes()
    {
        var wrong = FakeHub.Large("model.safetensors", 5000, seed: 99);
        hub.OnceStored(_ => new Reply(200) { Body = wrong.Content });

        var fault = await Fails(HubFault.WrongHash, () => hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop));

        Assert.Equal((FakeHub.Repository, "model.safetensors"), (fault.Repository, fault.File));
        Assert.Equal((hub.Files[1].Sha256, wrong.Sha256), (fault.Expected, fault.Actual));
        Assert.Contains($"expected {hub.Files[1].Sha256}, got {wrong.Sha256}", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Blobs));
        Assert.Null(new HubCache(hub.Environment).Find(FakeHub.Repository, "model.safetensors"));
    }

    [Fact]
    public async Task Removes_a_small_file_with_the_wrong_hash()
    {
        var right = hub.Files[0].Content;
        hub.Once(IsBody, asked => new Reply(200) { Body = new byte[right.Length] });

        var fault = await Fails(HubFault.WrongHash, () => hub.Client().PullAsync(FakeHub.Repository, files: ["config.json"], cancellationToken: Stop));

        Assert.Equal(hub.Files[0].GitSha1, fault.Expected);
        Assert.Empty(Directory.GetFiles(Blobs));
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(6000)]
    public async Task Refuses_a_body_of_another_length_than_declared(int length)
    {
        hub.OnceStored(_ => new Reply(200) { Body = new byte[length] });

        var fault = await Fails(HubFault.WrongSize, () => hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop));

        Assert.Contains($"expected 5000 bytes, got {length} bytes", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Blobs));
    }

    [Fact]
    public async Task Refuses_a_hub_whose_list_and_headers_disagree()
    {
        hub.Once(asked => asked.Method == "HEAD", _ => new Reply(302)
        {
            Headers = new Dictionary<string, string>
            {
                ["X-Repo-Commit"] = FakeHub.Commit,
                ["X-Linked-Etag"] = $"\"{new string('a', 64)}\"",
                ["X-Linked-Size"] = "5000",
                ["Location"] = "http://127.0.0.1:1/",
            },
        });

        var fault = await Fails(HubFault.WrongHash, () => hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop));

        Assert.Equal(hub.Files[1].Sha256, fault.Expected);
        Assert.Empty(hub.Storage.Log);
    }

    [Fact]
    public async Task Refuses_a_copy_of_a_known_checkpoint_that_is_not_the_known_one()
    {
        var entry = ModelCatalog.Find("mobile-sam")! with
        {
            Source = new HubSource(FakeHub.Repository),
            Files = [new CatalogFile("model.safetensors", ModelFileRole.Weights) { Sha256 = new string('d', 64) }],
        };

        var fault = await Fails(HubFault.WrongHash, () => hub.Client().PullAsync(entry, cancellationToken: Stop));

        Assert.Contains("not the known one", fault.Message, StringComparison.Ordinal);
        Assert.Empty(hub.BodyRequests);
    }

    [Theory]
    [InlineData("<html>Log in to the hotel's network</html>")]
    [InlineData("{\"id\":\"someone/tiny-sam\",\"siblings\":[]}")]
    [InlineData("{\"id\":\"someone/tiny-sam\",\"sha\":\"main\",\"siblings\":[]}")]
    [InlineData("[1,2")]
    [InlineData("")]
    public async Task An_answer_that_is_not_the_hubs_is_refused(string body)
    {
        hub.Once(_ => true, _ => new Reply(200) { Body = System.Text.Encoding.UTF8.GetBytes(body) });

        await Fails(HubFault.InvalidAnswer, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));
    }

    [Fact]
    public async Task A_server_without_the_hubs_headers_is_refused()
    {
        hub.Once(asked => asked.Method == "HEAD", _ => new Reply(200) { Body = new byte[5000], Headers = new Dictionary<string, string> { ["ETag"] = "\"abc\"" } });

        var fault = await Fails(HubFault.InvalidAnswer, () => hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop));

        Assert.Contains("X-Repo-Commit", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a\\..\\b")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("name\u001b[31m")]
    [InlineData("")]
    [Trait("Kind", "hostile")]
    public async Task A_listing_that_leads_outside_the_cache_is_refused(string path)
    {
        hub.Files.Add(FakeHub.Small(path, "x"));

        await Fails(HubFault.UnsafeName, () => hub.Client().PullAsync(FakeHub.Repository, files: [path], cancellationToken: Stop));

        Assert.False(Directory.Exists(hub.RepositoryFolder));
    }

    [Theory]
    [InlineData("../main")]
    [InlineData("refs/../../x")]
    [InlineData("/main")]
    [Trait("Kind", "hostile")]
    public async Task A_revision_that_leads_outside_the_cache_is_refused(string revision) =>
        await Fails(HubFault.UnsafeName, () => hub.Client().PullAsync(FakeHub.Repository, revision, cancellationToken: Stop));

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b/c")]
    [InlineData("a--b/c")]
    [InlineData("-a/b")]
    [InlineData("a b/c")]
    [InlineData("")]
    [Trait("Kind", "hostile")]
    public async Task What_is_no_repository_is_refused_before_any_request(string repository)
    {
        await Fails(HubFault.UnsafeName, () => hub.Client().PullAsync(repository, cancellationToken: Stop));

        Assert.Empty(hub.Server.Log);
    }

    [Fact]
    [Trait("Kind", "hostile")]
    public async Task An_etag_that_leads_outside_the_cache_is_refused()
    {
        hub.Once(asked => asked.Method == "HEAD", _ => new Reply(200)
        {
            Body = new byte[5000],
            Headers = new Dictionary<string, string> { ["X-Repo-Commit"] = FakeHub.Commit, ["ETag"] = "\"../../../outside\"" },
        });

        await Fails(HubFault.InvalidAnswer, () => hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop));
    }

    [Fact]
    public async Task No_room_is_seen_before_anything_is_loaded()
    {
        var http = hub.Http();
        var pull = new HubPull(http, new HubCache(hub.Environment)) { FreeBytes = _ => 4999 };
        var info = await hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);

        var fault = await Fails(
            HubFault.DiskFull,
            () => pull.RunAsync(info, FakeHub.Repository, "main", [new CatalogFile("model.safetensors", ModelFileRole.Weights)], null, Stop));

        Assert.Contains("no room for 5.0 kB", fault.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Storage.Log);
    }

    [Fact]
    public async Task A_disk_that_fills_up_is_explained()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full, the device that is always full.");
        Directory.CreateDirectory(Blobs);
        File.CreateSymbolicLink(Path.Combine(Blobs, hub.Files[1].Sha256 + ".incomplete"), "/dev/full");

        var fault = await Fails(HubFault.DiskFull, () => hub.Client().PullAsync(FakeHub.Repository, files: Weights, cancellationToken: Stop));

        Assert.Contains("Make room", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(hub.Root);
        await File.WriteAllTextAsync(hub.Environment.CacheFolder, "a file where the folder should be", Stop);

        var fault = await Fails(HubFault.NotWritable, () => hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Contains(hub.Environment.CacheFolder, fault.Message, StringComparison.Ordinal);
    }

    private static bool IsBody(Asked asked) => asked.Method == "GET" && asked.Path.Contains("/resolve/", StringComparison.Ordinal);

    private static async Task<HubException> Fails(HubFault fault, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<HubException>(act);
        Assert.Equal(fault, error.Fault);
        return error;
    }
}
