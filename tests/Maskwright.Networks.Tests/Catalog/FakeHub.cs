using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Networks.Tests.Catalog;

/// <summary>A file of the fake hub.</summary>
internal sealed record FakeFile(string Path, byte[] Content, bool IsLarge)
{
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

#pragma warning disable CA5350 // Git's name for a blob is a SHA-1.
    public string GitSha1 => Convert.ToHexStringLower(
        SHA1.HashData([.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {Content.Length}\0")), .. Content]));
#pragma warning restore CA5350

    /// <summary>The name of the blob in the cache.</summary>
    public string Blob => IsLarge ? Sha256 : GitSha1;
}

/// <summary>
/// The hub as far as a pull sees it: API and small files on one server, the content of large files on another, behind a redirect.
/// Replies put in front of it are used once each.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Repository = "someone/tiny-sam";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static readonly HubOptions Patience = new() { RequestTimeout = TestClock.Limit, StallTimeout = TestClock.Limit };

    private readonly Queue<(Func<Asked, bool> Fits, Func<Asked, Reply> Answer)> misdeeds = new();
    private readonly string root = Path.Combine(Path.GetTempPath(), "maskwright-hub-" + Guid.NewGuid().ToString("N"));
    private readonly HttpClient http = HubClient.CreateHttpClient();

    public FakeHub()
    {
        Storage = new LoopbackServer(asked => Misdeed(asked) ?? Stored(asked), "localhost");
        Server = new LoopbackServer(asked => Misdeed(asked) ?? Answer(asked));
        Environment = new HubEnvironment { Endpoint = Server.Address, CacheFolder = Path.Combine(root, "hub"), Token = "hf_secret" };
    }

    public LoopbackServer Server { get; }

    /// <summary>Where large files are, under another host's name.</summary>
    public LoopbackServer Storage { get; }

    public HubEnvironment Environment { get; set; }

    public TestClock Clock { get; } = new();

    public string Head { get; set; } = Commit;

    public List<FakeFile> Files { get; } = [Small("config.json", "{\"model_type\":\"sam\"}"), Large("model.safetensors", 5000)];

    /// <summary>Bodies of files that were asked for, wherever they lie.</summary>
    public IReadOnlyList<Asked> BodyRequests => [.. Server.Log.Where(asked => asked.Method == "GET" && asked.Path.Contains("/resolve/", StringComparison.Ordinal)), .. Storage.Log];

    public string Root => root;

    public string RepositoryFolder => Path.Combine(Environment.CacheFolder, "models--someone--tiny-sam");

    public static FakeFile Small(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), false);

    public static FakeFile Large(string path, int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return new FakeFile(path, content, true);
    }

    public HubClient Client(Func<HubOptions, HubOptions>? changes = null) => new(http, Environment, changes?.Invoke(Patience) ?? Patience, Clock);

    public HubHttp Http() => new(http, Environment, Patience, Clock);

    /// <summary>Does something else, once, when a request fits.</summary>
    public void Once(Func<Asked, bool> fits, Func<Asked, Reply> answer) => misdeeds.Enqueue((fits, answer));

    /// <summary>Does something else, once, when the content of a large file is asked for.</summary>
    public void OnceStored(Func<Asked, Reply> answer) => Once(asked => asked.Path.StartsWith("/stored/", StringComparison.Ordinal), answer);

    /// <summary>The honest answer of the store.</summary>
    public Reply Stored(Asked asked)
    {
        var file = Files.Single(file => asked.Path == "/stored/" + file.Sha256);
        return Content(file, asked, $"\"store-{file.Sha256[..8]}\"");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
        await Storage.DisposeAsync();
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private Reply? Misdeed(Asked asked)
    {
        lock (misdeeds)
        {
            return misdeeds.TryPeek(out var next) && next.Fits(asked) ? misdeeds.Dequeue().Answer(asked) : null;
        }
    }

    private Reply Answer(Asked asked)
    {
        if (asked.Path == $"/api/models/{Repository}/revision/main" || asked.Path == $"/api/models/{Repository}/revision/{Head}")
        {
            return new Reply(200) { Body = JsonSerializer.SerializeToUtf8Bytes(Info()) };
        }

        var prefix = $"/{Repository}/resolve/{Head}/";
        return asked.Path.StartsWith(prefix, StringComparison.Ordinal) && Files.Find(file => asked.Path == prefix + file.Path) is { } found
            ? Resolve(found, asked)
            : new Reply(404) { Headers = new Dictionary<string, string> { ["X-Error-Code"] = "EntryNotFound", ["X-Repo-Commit"] = Head } };
    }

    private Dictionary<string, object?> Info() => new()
    {
        ["id"] = Repository,
        ["sha"] = Head,
        ["pipeline_tag"] = "mask-generation",
        ["tags"] = new[] { "license:apache-2.0" },
        ["siblings"] = Files.Select(file => new Dictionary<string, object?>
        {
            ["rfilename"] = file.Path,
            ["size"] = file.Content.Length,
            ["blobId"] = file.IsLarge ? new string('9', 40) : file.GitSha1,
            ["lfs"] = file.IsLarge ? new { sha256 = file.Sha256, size = file.Content.Length, pointerSize = 130 } : null,
        }),
    };

    private Reply Resolve(FakeFile file, Asked asked)
    {
        if (!file.IsLarge)
        {
            var reply = Content(file, asked, $"\"{file.GitSha1}\"");
            return reply with { Headers = new Dictionary<string, string>(reply.Headers) { ["X-Repo-Commit"] = Head } };
        }

        return new Reply(302)
        {
            Headers = new Dictionary<string, string>
            {
                ["X-Repo-Commit"] = Head,
                ["X-Linked-Etag"] = $"\"{file.Sha256}\"",
                ["X-Linked-Size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture),
                ["Location"] = new Uri(Storage.Address, $"/stored/{file.Sha256}?signature=x").ToString(),
            },
        };
    }

    // Ranges and their condition as RFC 9110, sections 13.1.5 and 14, has them.
    private static Reply Content(FakeFile file, Asked asked, string etag)
    {
        var headers = new Dictionary<string, string> { ["ETag"] = etag };
        if (asked["Range"] is not { } range || (asked["If-Range"] is { } condition && condition != etag))
        {
            return new Reply(200) { Body = file.Content, Headers = headers };
        }

        var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        if (from >= file.Content.Length)
        {
            return new Reply(416) { Headers = headers };
        }

        headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{file.Content.Length - 1}/{file.Content.Length}");
        return new Reply(206) { Body = file.Content[from..], Headers = headers };
    }
}
