namespace Maskwright.Networks.Catalog;

/// <summary>A model recognised by the names of its files.</summary>
/// <param name="Layout">How it lies.</param>
/// <param name="Files">The files to use, paths as given.</param>
internal sealed record DetectedLayout(ModelLayout Layout, IReadOnlyList<CatalogFile> Files)
{
    private static readonly string[] OnnxVariants = ["", "_fp16", "_quantized"];
    private static readonly string[] OnnxFolders = ["", "onnx/"];

    /// <summary>Recognises a model in a folder or repository.</summary>
    /// <param name="paths">Paths of all its files, relative, with forward slashes.</param>
    /// <returns>Null when the names fit no layout, or more than one model.</returns>
    public static DetectedLayout? Detect(IReadOnlyCollection<string> paths) =>
        Transformers(paths) ?? OnnxSplit(paths) ?? OnnxPair(paths) ?? Single(paths);

    /// <summary>True for a file that holds weights or a graph.</summary>
    public static bool IsModelFile(string path) => LayoutOf(path) is not null || IsOnnx(path);

    /// <summary>The layout of a model that is this one file; null when it cannot be one.</summary>
    public static ModelLayout? LayoutOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".safetensors" => ModelLayout.Safetensors,
        ".pth" or ".pt" or ".bin" or ".ckpt" => ModelLayout.PyTorch,
        _ => null,
    };

    /// <summary>True for an ONNX file.</summary>
    public static bool IsOnnx(string path) => Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    private static DetectedLayout? Transformers(IReadOnlyCollection<string> paths) =>
        paths.Contains("config.json") && paths.Contains("model.safetensors")
            ? new DetectedLayout(ModelLayout.Transformers, [.. Settings(paths), new CatalogFile("model.safetensors", ModelFileRole.Weights)])
            : null;

    private static DetectedLayout? OnnxSplit(IReadOnlyCollection<string> paths) => (
        from variant in OnnxVariants
        from folder in OnnxFolders
        let encoder = $"{folder}vision_encoder{variant}.onnx"
        let decoder = $"{folder}prompt_encoder_mask_decoder{variant}.onnx"
        where paths.Contains(encoder) && paths.Contains(decoder)
        select new DetectedLayout(ModelLayout.OnnxSplit, [.. Settings(paths), .. Graphs(paths, encoder, decoder)])).FirstOrDefault();

    private static DetectedLayout? OnnxPair(IReadOnlyCollection<string> paths)
    {
        var graphs = paths.Where(IsOnnx).ToArray();
        var decoders = graphs.Where(path => Names(path, "decoder")).ToArray();
        var encoders = graphs.Where(path => Names(path, "encoder")).Except(decoders).ToArray();
        return encoders.Length == 1 && decoders.Length == 1 ? new DetectedLayout(ModelLayout.OnnxPair, [.. Graphs(paths, encoders[0], decoders[0])]) : null;

        static bool Names(string path, string part) => Path.GetFileName(path).Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private static DetectedLayout? Single(IReadOnlyCollection<string> paths)
    {
        var weights = paths.Where(path => LayoutOf(path) is not null && Path.GetFileName(path) != "training_args.bin").ToArray();
        return weights.Length == 1
            ? new DetectedLayout(LayoutOf(weights[0])!.Value, [.. Settings(paths), new CatalogFile(weights[0], ModelFileRole.Weights)]) // Filtered above.
            : null;
    }

    private static IEnumerable<CatalogFile> Settings(IReadOnlyCollection<string> paths)
    {
        if (paths.Contains("config.json"))
        {
            yield return new CatalogFile("config.json", ModelFileRole.Config);
        }

        if (paths.Contains("preprocessor_config.json"))
        {
            yield return new CatalogFile("preprocessor_config.json", ModelFileRole.Preprocessor);
        }
    }

    // Weights beyond 2 GB stand in a file beside the graph, which must be pulled with it.
    private static IEnumerable<CatalogFile> Graphs(IReadOnlyCollection<string> paths, string encoder, string decoder)
    {
        yield return new CatalogFile(encoder, ModelFileRole.ImageEncoder);
        yield return new CatalogFile(decoder, ModelFileRole.PromptDecoder);
        foreach (var path in paths.Where(path => path != encoder && path != decoder))
        {
            if (path.StartsWith(encoder + "_data", StringComparison.Ordinal) || path.StartsWith(decoder + "_data", StringComparison.Ordinal)
                || path == encoder + ".data" || path == decoder + ".data")
            {
                yield return new CatalogFile(path, ModelFileRole.Weights);
            }
        }
    }
}
