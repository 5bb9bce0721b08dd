using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class HubAccessTests : IAsyncLifetime
{
    private readonly FakeHub hub = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_token_goes_to_the_hub_and_nowhere_else()
    {
        await hub.Client().PullAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.All(hub.Server.Log, asked => Assert.Equal("Bearer hf_secret", asked["Authorization"]));
        Assert.NotEmpty(hub.Storage.Log);
        Assert.All(hub.Storage.Log, asked => Assert.Null(asked["Authorization"]));
    }

    [Fact]
    public async Task Another_name_of_the_same_machine_is_another_host()
    {
        var port = hub.Server.Address.Port;
        hub.Once(asked => asked.Path.StartsWith("/api/", StringComparison.Ordinal), _ => Redirect($"http://localhost:{port}/api/models/{FakeHub.Repository}/revision/main?blobs=true"));

        await hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal(["Bearer hf_secret", null], hub.Server.Log.Select(asked => asked["Authorization"]));
    }

    [Fact]
    public async Task Another_port_is_another_host()
    {
        hub.Once(asked => asked.Path.StartsWith("/api/", StringComparison.Ordinal), _ => Redirect(new Uri(hub.Storage.Address, "/elsewhere").ToString()));
        hub.Once(asked => asked.Path == "/elsewhere", _ => new Reply(404));

        await Assert.ThrowsAsync<HubException>(() => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Null(Assert.Single(hub.Storage.Log)["Authorization"]);
    }

    [Fact]
    public async Task Follows_a_relative_redirect_of_a_renamed_repository_with_the_token()
    {
        hub.Once(asked => asked.Path.StartsWith("/api/", StringComparison.Ordinal), _ => Redirect($"/api/models/{FakeHub.Repository}/revision/{FakeHub.Commit}?blobs=true"));

        var info = await hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal(FakeHub.Commit, info.Commit);
        Assert.Equal("Bearer hf_secret", hub.Server.Log[1]["Authorization"]);
    }

    [Fact]
    public async Task Reads_the_headers_of_a_small_file_behind_a_relative_redirect()
    {
        hub.Once(asked => asked.Method == "HEAD", asked => Redirect(asked.Target + "?cached=1"));

        var result = await hub.Client().PullAsync(FakeHub.Repository, files: ["config.json"], cancellationToken: Stop);

        Assert.Equal(FileCheck.GitSha1, result.Files[0].Check);
    }

    [Fact]
    public async Task Does_not_ask_the_store_for_headers()
    {
        await hub.Client().PullAsync(FakeHub.Repository, files: ["model.safetensors"], cancellationToken: Stop);

        Assert.Equal(["GET"], hub.Storage.Log.Select(asked => asked.Method));
    }

    [Fact]
    public async Task Does_not_run_in_circles()
    {
        for (var i = 0; i < 20; i++)
        {
            hub.Once(_ => true, _ => Redirect("/again"));
        }

        var fault = await Fails(HubFault.InvalidAnswer, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Contains("more than 10 times", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task Does_not_follow_redirects_out_of_http(string location)
    {
        hub.Once(_ => true, _ => Redirect(location));

        var fault = await Fails(HubFault.InvalidAnswer, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Contains("refused", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gated_repository_says_where_to_accept_its_licence()
    {
        hub.Environment = hub.Environment with { Token = null };
        hub.Once(asked => asked.Method == "HEAD", _ => new Reply(401) { Headers = new Dictionary<string, string> { ["X-Error-Code"] = "GatedRepo" } });

        var fault = await Fails(HubFault.AccessDenied, () => hub.Client().PullAsync(FakeHub.Repository, files: ["config.json"], cancellationToken: Stop));

        Assert.Contains($"{hub.Server.Address}{FakeHub.Repository}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("HF_TOKEN", fault.Message, StringComparison.Ordinal);
        Assert.Contains("licence", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_access_blames_the_token_in_use_and_repeats_the_hubs_words()
    {
        hub.Once(_ => true, _ => new Reply(403) { Headers = new Dictionary<string, string> { ["X-Error-Message"] = "Your token has no read rights." } });

        var fault = await Fails(HubFault.AccessDenied, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Contains("Your token has no read rights", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_is_not_shown_may_be_missing_or_private()
    {
        hub.Environment = hub.Environment with { Token = null };
        hub.Once(_ => true, _ => new Reply(401));

        var fault = await Fails(HubFault.NotFound, () => hub.Client().GetModelInfoAsync("someone/tiny-sma", cancellationToken: Stop));

        Assert.Contains("not found, or private", fault.Message, StringComparison.Ordinal);
        Assert.Contains("maskwright models search tiny-sma", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_revision_is_named()
    {
        hub.Once(_ => true, _ => new Reply(404) { Headers = new Dictionary<string, string> { ["X-Error-Code"] = "RevisionNotFound" } });

        var fault = await Fails(HubFault.NotFound, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, "v9", Stop));

        Assert.Contains("no revision 'v9'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var fault = await Fails(HubFault.NotFound, () => hub.Client().PullAsync(FakeHub.Repository, files: ["model.onnx"], cancellationToken: Stop));

        Assert.Contains("someone/tiny-sam/model.onnx", fault.Message, StringComparison.Ordinal);
        Assert.Contains("maskwright models info someone/tiny-sam", fault.Message, StringComparison.Ordinal);
        Assert.Equal("model.onnx", fault.File);
    }

    [Fact]
    public async Task Faults_that_will_not_pass_are_not_tried_again()
    {
        hub.Once(_ => true, _ => new Reply(404));

        await Fails(HubFault.NotFound, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.Single(hub.Server.Log);
    }

    [Fact]
    public async Task Does_not_repeat_control_characters_of_a_server()
    {
        hub.Once(_ => true, _ => new Reply(418) { Headers = new Dictionary<string, string> { ["X-Error-Message"] = "red \u001b[31m alert" } });

        var fault = await Fails(HubFault.InvalidAnswer, () => hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop));

        Assert.DoesNotContain('\u001b', fault.Message);
    }

    [Fact]
    public async Task Searches_by_task_and_words()
    {
        const string Found = """
            [{"id":"Zigeng/SlimSAM-uniform-77","likes":21,"downloads":12345,"gated":false,"pipeline_tag":"mask-generation","library_name":"transformers",
              "lastModified":"2024-01-19T12:00:00.000Z","tags":["transformers","license:apache-2.0"],"private":false},
             {"modelId":"someone/gated","gated":"manual"}]
            """;
        hub.Once(_ => true, _ => new Reply(200) { Body = System.Text.Encoding.UTF8.GetBytes(Found) });

        var models = await hub.Client().SearchAsync(SegmentationTask.MaskGeneration, "slim sam&x=1", 5, Stop);

        Assert.Equal("/api/models?pipeline_tag=mask-generation&search=slim%20sam%26x%3D1&sort=downloads&direction=-1&limit=5&full=true", hub.Server.Log[0].Target);
        Assert.Equal("Zigeng/SlimSAM-uniform-77", models[0].Id);
        Assert.Equal(("apache-2.0", 12345L, 21L, false), (models[0].Licence, models[0].Downloads, models[0].Likes, models[0].IsGated));
        Assert.Equal(new DateTimeOffset(2024, 1, 19, 12, 0, 0, TimeSpan.Zero), models[0].LastModified);
        Assert.Equal(("someone/gated", true, (string?)null), (models[1].Id, models[1].IsGated, models[1].Task));
    }

    [Theory]
    [InlineData(SegmentationTask.ImageSegmentation, "?pipeline_tag=image-segmentation&")]
    [InlineData(SegmentationTask.SemanticSegmentation, "?filter=semantic-segmentation&")]
    [InlineData(SegmentationTask.InstanceSegmentation, "?filter=instance-segmentation&")]
    [InlineData(SegmentationTask.PanopticSegmentation, "?filter=panoptic-segmentation&")]
    public async Task Every_task_has_its_question(SegmentationTask task, string expected)
    {
        hub.Once(_ => true, _ => new Reply(200) { Body = "[]"u8.ToArray() });

        Assert.Empty(await hub.Client().SearchAsync(task, cancellationToken: Stop));

        Assert.Contains(expected, hub.Server.Log[0].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_files_with_sizes_and_hashes()
    {
        var info = await hub.Client().GetModelInfoAsync(FakeHub.Repository, cancellationToken: Stop);

        Assert.Equal("?blobs=true", hub.Server.Log[0].Target[hub.Server.Log[0].Path.Length..]);
        Assert.Equal(("config.json", (long?)hub.Files[0].Content.Length, (string?)null, hub.Files[0].GitSha1), (info.Files[0].Path, info.Files[0].SizeBytes, info.Files[0].Sha256, info.Files[0].GitSha1));
        Assert.Equal((hub.Files[1].Sha256, (long?)5000), (info.Files[1].Sha256, info.Files[1].SizeBytes));
        Assert.Equal("apache-2.0", info.Summary.Licence);
    }

    private static Reply Redirect(string location) => new(307) { Headers = new Dictionary<string, string> { ["Location"] = location } };

    private static async Task<HubException> Fails(HubFault fault, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<HubException>(act);
        Assert.Equal(fault, error.Fault);
        return error;
    }
}
