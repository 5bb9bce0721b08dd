using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Xunit;

namespace Maskwright.Networks.Tests.Catalog;

public sealed class HubCacheTests : IDisposable
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private readonly TemporaryFolder folder = new();
    private readonly HubCache cache;

    public HubCacheTests() => cache = new HubCache(new HubEnvironment { CacheFolder = folder.Path });

    public void Dispose() => folder.Dispose();

    [Fact]
    public void No_cache_is_an_empty_list() => Assert.Empty(new HubCache(new HubEnvironment { CacheFolder = Path.Combine(folder.Path, "none") }).List());

    [Fact]
    public void Lists_models_with_their_revisions_and_sizes()
    {
        Blob("one/model", "blob1", "12345");
        Blob("one/model", "blob2.incomplete", "123");
        Link("one/model", A, "config.json", "../../blobs/blob1");
        Link("one/model", B, "onnx/config.json", "../../../blobs/blob1");
        folder.Write("models--one--model/refs/main", A);
        folder.Write("models--one--model/refs/refs/pr/1", A);
        folder.Write("datasets--one--data/refs/main", A);
        folder.Write("models--gpt2/refs/main", A);

        var models = cache.List(TestContext.Current.CancellationToken);

        Assert.Equal(["gpt2", "one/model"], models.Select(model => model.Repository));
        Assert.Equal((8L, 3L), (models[1].SizeBytes, models[1].IncompleteBytes));
        Assert.Equal([A, B], models[1].Revisions.Select(revision => revision.Commit));
        Assert.Equal(["main", "refs/pr/1"], models[1].Revisions[0].References);
        Assert.Equal(("onnx/config.json", 5L), (models[1].Revisions[1].Files[0].Path, models[1].Revisions[1].Files[0].SizeBytes));
    }

    [Fact]
    public void Finds_a_file_by_branch_and_by_commit()
    {
        Blob("one/model", "blob1", "12345");
        Link("one/model", A, "onnx/x.onnx", "../../../blobs/blob1");
        folder.Write("models--one--model/refs/main", A + "\n");

        var expected = Path.Combine(folder.Path, "models--one--model", "snapshots", A, "onnx", "x.onnx");
        Assert.Equal(expected, cache.Find("one/model", "onnx/x.onnx"));
        Assert.Equal(expected, cache.Find("one/model", "onnx/x.onnx", A));
        Assert.Null(cache.Find("one/model", "onnx/x.onnx", B));
        Assert.Null(cache.Find("one/model", "other"));
        Assert.Null(cache.Find("two/model", "onnx/x.onnx"));
    }

    [Fact]
    public void A_link_whose_blob_is_gone_is_not_a_file()
    {
        Link("one/model", A, "x.pt", "../../blobs/gone");
        Link("one/model", A, "circle.pt", "circle.pt");
        folder.Write("models--one--model/refs/main", A);

        Assert.Null(cache.Find("one/model", "x.pt"));
        Assert.Null(cache.Find("one/model", "circle.pt"));
        Assert.Empty(cache.Find("one/model")!.Revisions[0].Files);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [Trait("Kind", "hostile")]
    public void A_name_that_leads_outside_is_refused(string name)
    {
        folder.Write($"models--one--model/refs/main", A);
        folder.Write($"models--one--model/snapshots/{A}/x", "");

        Assert.Equal(HubFault.UnsafeName, Assert.Throws<HubException>(() => cache.Find("one/model", name)).Fault);
        Assert.Equal(HubFault.UnsafeName, Assert.Throws<HubException>(() => cache.Find("one/model", "x", name)).Fault);
    }

    [Fact]
    public void Removes_a_model_and_says_how_much_it_freed()
    {
        Blob("one/model", "blob1", "12345");
        Link("one/model", A, "x.pt", "../../blobs/blob1");
        folder.Write("models--two--model/refs/main", A);

        Assert.Equal(5, cache.Remove("one/model"));
        Assert.Equal(0, cache.Remove("one/model"));
        Assert.Equal(["two/model"], cache.List(TestContext.Current.CancellationToken).Select(model => model.Repository));
    }

    [Fact]
    public void Removing_does_not_follow_links_out_of_the_cache()
    {
        using var elsewhere = new TemporaryFolder();
        var precious = elsewhere.Write("precious", "x");
        Link("one/model", A, "x.pt", precious);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "models--one--model", "blobs"), elsewhere.Path);

        cache.Remove("one/model");

        Assert.True(File.Exists(precious));
    }

    [Fact]
    public void Does_not_remove_what_is_being_pulled()
    {
        Blob("one/model", "blob1.incomplete", "12345");
        using var pulling = HubLock.TryTake(Path.Combine(folder.Path, ".locks", "models--one--model", "blob1.lock"));

        var fault = Assert.Throws<HubException>(() => cache.Remove("one/model"));

        Assert.Equal(HubFault.Busy, fault.Fault);
        Assert.NotNull(cache.Find("one/model"));
    }

    [Fact]
    public void Holds_a_known_model_when_all_its_files_are_here()
    {
        var entry = ModelCatalog.Find("slimsam-77")!; // In the table.
        folder.Write("models--Zigeng--SlimSAM-uniform-77/refs/main", A);
        folder.Write($"models--Zigeng--SlimSAM-uniform-77/snapshots/{A}/config.json");
        folder.Write($"models--Zigeng--SlimSAM-uniform-77/snapshots/{A}/preprocessor_config.json");
        Assert.False(cache.Holds(entry));

        folder.Write($"models--Zigeng--SlimSAM-uniform-77/snapshots/{A}/model.safetensors");

        Assert.True(cache.Holds(entry));
        Assert.True(cache.Holds(ModelCatalog.Find("classic")!)); // In the table.
    }

    private void Blob(string repository, string name, string text) => folder.Write($"{HubCacheLayout.FolderName(repository)}/blobs/{name}", text);

    private void Link(string repository, string commit, string file, string target)
    {
        var path = new HubCacheLayout(folder.Path).Pointer(repository, commit, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // Inside the cache.
        File.CreateSymbolicLink(path, target);
    }
}
