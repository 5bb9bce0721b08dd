using System.Text.Json;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Networks.Catalog;

/// <summary>Recognises models in files and folders of this machine.</summary>
internal static class ModelFiles
{
    private const int DeepestSubfolder = 3;
    private const int LongestConfigBytes = 1 << 20;

    private static readonly EnumerationOptions Nearby = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = DeepestSubfolder,
        AttributesToSkip = FileAttributes.None,
    };

    /// <summary>A model given by one file of it.</summary>
    public static ResolvedModel FromFile(string path)
    {
        if (DetectedLayout.IsOnnx(path))
        {
            return FromGraph(path);
        }

        var layout = DetectedLayout.LayoutOf(path) ?? throw new ModelNotFoundException(
            path, "not a model file: .pth, .pt, .bin, .safetensors and .onnx are read, and folders that hold them.");
        var config = Path.Combine(FolderOf(path), "config.json");
        var hasConfig = layout == ModelLayout.Safetensors && File.Exists(config) && Path.GetFileName(path) == "model.safetensors";
        var known = EntryOf(path);
        List<ResolvedFile> files = [new(path, ModelFileRole.Weights)];
        if (hasConfig)
        {
            files.Add(new(config, ModelFileRole.Config));
        }

        return new ResolvedModel(
            Path.GetFileNameWithoutExtension(path),
            known?.Family ?? (hasConfig ? FamilyOf(config) : ModelFamily.Unknown),
            hasConfig ? ModelLayout.Transformers : layout,
            files)
        {
            Entry = known,
        };
    }

    /// <summary>A model given by its folder.</summary>
    /// <param name="typed">What the user typed, for messages.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What to call the model.</param>
    public static ResolvedModel FromFolder(string typed, string folder, string name)
    {
        var paths = RelativePaths(folder);
        var detected = DetectedLayout.Detect(paths);
        if (detected is null)
        {
            var candidates = paths.Where(DetectedLayout.IsModelFile).Take(20).Select(HubText.Clean).ToArray();
            throw new ModelNotFoundException(typed, candidates.Length == 0
                ? $"the folder {folder} holds no model: config.json with model.safetensors, an ONNX encoder with its decoder, or one checkpoint is looked for."
                : $"the folder {folder} holds several files that could be the model; name one of them: {string.Join(", ", candidates)}.");
        }

        return Describe(name, folder, detected);
    }

    private static ResolvedModel FromGraph(string path)
    {
        var folder = FolderOf(path);
        var graphs = Directory.EnumerateFiles(folder, "*.onnx").Select(file => Path.GetFileName(file)).ToArray();
        var itself = Path.GetFileName(path);
        var partners = graphs.Where(other => IsPartner(itself, other)).ToArray();
        var isDecoder = itself.Contains("decoder", StringComparison.OrdinalIgnoreCase);
        if (partners.Length != 1)
        {
            throw new ModelNotFoundException(
                path,
                $"an ONNX model of SAM is two files, and the {(isDecoder ? "encoder" : "decoder")} that belongs to this one is not beside it in {folder}; "
                + "give a folder that holds just the two.");
        }

        var (encoder, decoder) = isDecoder ? (partners[0], itself) : (itself, partners[0]);
        var layout = decoder.StartsWith("prompt_encoder_mask_decoder", StringComparison.Ordinal) ? ModelLayout.OnnxSplit : ModelLayout.OnnxPair;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return Describe(name, folder, new DetectedLayout(
            layout, [new CatalogFile(encoder, ModelFileRole.ImageEncoder), new CatalogFile(decoder, ModelFileRole.PromptDecoder)]));
    }

    // The customary split pair belongs together by its suffix; any other pair must be the only one in its folder.
    private static bool IsPartner(string itself, string other)
    {
        const string Encoder = "vision_encoder";
        const string Decoder = "prompt_encoder_mask_decoder";
        if (itself.StartsWith(Encoder, StringComparison.Ordinal))
        {
            return other == Decoder + itself[Encoder.Length..];
        }

        if (itself.StartsWith(Decoder, StringComparison.Ordinal))
        {
            return other == Encoder + itself[Decoder.Length..];
        }

        var isDecoder = itself.Contains("decoder", StringComparison.OrdinalIgnoreCase);
        return other != itself && other.Contains(isDecoder ? "encoder" : "decoder", StringComparison.OrdinalIgnoreCase)
            && isDecoder != other.Contains("decoder", StringComparison.OrdinalIgnoreCase);
    }

    private static ResolvedModel Describe(string name, string folder, DetectedLayout detected)
    {
        ResolvedFile[] files = [.. detected.Files.Select(file => new ResolvedFile(Path.Combine([folder, .. file.Path.Split('/')]), file.Role))];
        var weights = files.FirstOrDefault(file => file.Role == ModelFileRole.Weights)?.LocalPath;
        var config = files.FirstOrDefault(file => file.Role == ModelFileRole.Config)?.LocalPath;
        var known = weights is null ? null : EntryOf(weights);
        var family = known?.Family ?? (config is null ? ModelFamily.Unknown : FamilyOf(config));
        return new ResolvedModel(name, family, detected.Layout, files) { Entry = known };
    }

    // Original checkpoints keep their names wherever people put them; the names say the family, the weights will confirm it.
    private static CatalogEntry? EntryOf(string path)
    {
        var entry = ModelCatalog.Find(Path.GetFileName(path));
        return entry?.Layout == ModelLayout.PyTorch ? entry : null;
    }

    private static ModelFamily FamilyOf(string configPath)
    {
        try
        {
            if (HubCache.Length(configPath) is not (> 0 and <= LongestConfigBytes))
            {
                return ModelFamily.Unknown;
            }

            using var config = JsonDocument.Parse(File.ReadAllBytes(configPath));
            var isSam = Member(config.RootElement, "model_type") is { ValueKind: JsonValueKind.String } type && type.GetString() == "sam";
            var width = Member(config.RootElement, "vision_config") is { } vision
                && Member(vision, "hidden_size") is { ValueKind: JsonValueKind.Number } size
                && size.TryGetInt32(out var hidden) ? hidden : 768; // The Transformers library leaves defaults out; its default is ViT-B.
            return !isSam ? ModelFamily.Unknown : width is 768 or 1024 or 1280 ? ModelFamily.Sam : ModelFamily.SlimSam;
        }
        catch (JsonException error)
        {
            throw new ModelNotFoundException(configPath, $"the configuration is not valid JSON: {error.Message}");
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string FolderOf(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new ModelNotFoundException(path, "not a file.");

    private static string[] RelativePaths(string folder) => [.. Directory.EnumerateFiles(folder, "*", Nearby)
        .Where(path => HubCache.Length(path) is not null) // A link whose blob is gone is not a file.
        .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
        .Order(StringComparer.Ordinal)];
}
