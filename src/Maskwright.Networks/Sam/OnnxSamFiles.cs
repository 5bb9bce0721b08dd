namespace Maskwright.Networks.Sam;

/// <summary>A SAM that is given as ONNX files: an image encoder and a decoder for prompts.</summary>
/// <param name="Encoder">The image encoder's file.</param>
/// <param name="Decoder">The decoder's file.</param>
public sealed record OnnxSamFiles(string Encoder, string Decoder)
{
    private static readonly string[] EncoderWords = ["vision_encoder", "image_encoder", "encoder"];
    private static readonly string[] DecoderWords = ["prompt_encoder_mask_decoder", "mask_decoder", "decoder"];

    /// <summary>Looks for the two files in a folder, or in its folder <c>onnx</c>; plain precision is preferred to quantized or half precision.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The files; null when they are not there.</returns>
    public static OnnxSamFiles? Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new[] { folder, Path.Combine(folder, "onnx") }
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.onnx"))
            .OrderBy(f => Path.GetFileName(f).Length) // a suffix marks another precision
            .ThenBy(f => f, StringComparer.Ordinal)
            .ToArray();
        var decoder = First(files, DecoderWords);
        var encoder = First([.. files.Where(f => f != decoder && !Path.GetFileName(f).Contains("decoder", StringComparison.OrdinalIgnoreCase))], EncoderWords);
        return encoder is null || decoder is null ? null : new OnnxSamFiles(encoder, decoder);
    }

    private static string? First(string[] files, string[] words) =>
        words.Select(word => files.FirstOrDefault(f => Path.GetFileName(f).Contains(word, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(f => f is not null);
}
