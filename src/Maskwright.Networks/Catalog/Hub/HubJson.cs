using System.Globalization;
using System.Text.Json;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Reads the answers of the hub's API, tolerant of what it leaves out.</summary>
/// <remarks>Fields: huggingface_hub, <c>hf_api.py</c> (<c>ModelInfo</c>, <c>RepoSibling</c>) at ee0a4510.</remarks>
internal static class HubJson
{
    /// <summary>The list that a search returns.</summary>
    public static IReadOnlyList<HubModelSummary> Summaries(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(Summary)] : throw new JsonException("a list of models was expected");

    /// <summary>One model with its files.</summary>
    public static HubModelInfo Info(JsonElement root, string repository)
    {
        var commit = Text(root, "sha");
        if (commit is null || !HubNames.IsCommit(commit))
        {
            throw new JsonException("the commit ('sha') is missing or is none");
        }

        var files = Property(root, "siblings") is { ValueKind: JsonValueKind.Array } siblings
            ? siblings.EnumerateArray().Select(sibling => FileOf(sibling, repository)).ToArray()
            : throw new JsonException("the list of files ('siblings') is missing");
        return new HubModelInfo(Summary(root), commit, files)
        {
            Parameters = Property(root, "safetensors") is { } safetensors ? Number(safetensors, "total") : null,
        };
    }

    private static HubModelSummary Summary(JsonElement model)
    {
        var id = Text(model, "id") ?? Text(model, "modelId") ?? throw new JsonException("a model without a name");
        string[] tags = Property(model, "tags") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => HubText.Clean(tag.GetString()!))] // A string.
            : [];
        return new HubModelSummary(HubText.Clean(id))
        {
            Task = Text(model, "pipeline_tag"),
            Library = Text(model, "library_name"),
            Licence = tags.FirstOrDefault(tag => tag.StartsWith("license:", StringComparison.Ordinal))?["license:".Length..],
            Downloads = Number(model, "downloads") ?? 0,
            Likes = Number(model, "likes") ?? 0,
            LastModified = DateTimeOffset.TryParse(
                Text(model, "lastModified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var modified) ? modified : null,
            IsGated = Property(model, "gated") is { ValueKind: JsonValueKind.True or JsonValueKind.String }, // false, "auto" or "manual"
            Tags = tags,
        };
    }

    private static HubFile FileOf(JsonElement sibling, string repository)
    {
        var path = Property(sibling, "rfilename") is { ValueKind: JsonValueKind.String } name
            ? name.GetString()! // It is a string.
            : throw new JsonException("a file without a name");
        var lfs = Property(sibling, "lfs");
        var sha256 = lfs is { } large ? (Text(large, "sha256") ?? Text(large, "oid"))?.ToLowerInvariant() : null;
        return new HubFile(HubNames.RelativePath(path, repository, "file"))
        {
            SizeBytes = (lfs is { } stored ? Number(stored, "size") : null) ?? Number(sibling, "size"),
            Sha256 = sha256 is not null && HubNames.IsSha256(sha256) ? sha256 : null,
            GitSha1 = Text(sibling, "blobId")?.ToLowerInvariant() is { } blob && HubNames.IsCommit(blob) ? blob : null,
        };
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? HubText.Clean(value.GetString()!) : null; // It is a string.

    private static long? Number(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0 ? number : null;
}
