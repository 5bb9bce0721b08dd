namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Chooses the files of a repository that are needed to run its model.</summary>
public static class HubFileChoice
{
    /// <summary>Chooses files: safetensors with their configuration before an ONNX pair in full precision, before a single PyTorch checkpoint.</summary>
    /// <param name="info">The repository's files.</param>
    /// <returns>The files, each with its role.</returns>
    /// <exception cref="HubException">No layout that Maskwright knows, or several checkpoints to choose from; the message lists them.</exception>
    public static IReadOnlyList<CatalogFile> Choose(HubModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var paths = info.Files.Select(file => file.Path).ToArray();
        if (DetectedLayout.Detect(paths) is { } detected)
        {
            return detected.Files;
        }

        var candidates = paths.Where(DetectedLayout.IsModelFile).ToArray();
        throw new HubException(
            HubFault.NotFound,
            candidates.Length == 0
                ? $"{info.Summary.Id}: no weights in a form that Maskwright reads (safetensors, PyTorch, ONNX)."
                : $"{info.Summary.Id}: several files could be the model; name those to pull: "
                + $"{string.Join(", ", candidates.Take(20).Select(HubText.Clean))}.")
        {
            Repository = info.Summary.Id,
        };
    }
}
