using System.Security.Cryptography;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;

namespace Maskwright.Networks.Sam;

/// <summary>SAM as someone's ONNX files; what their layouts have in common.</summary>
internal abstract class OnnxSamBackend : ISamBackend
{
    private readonly OnnxSamFiles _files;
    private readonly IGraphRunner _encoder;
    private readonly string _imageName;
    private readonly Lazy<string> _identity;

    protected OnnxSamBackend(OnnxSamFiles files, IGraphRunner encoder, IGraphRunner decoder)
    {
        (_files, _encoder, Decoder) = (files, encoder, decoder);
        (_imageName, var type) = encoder.Inputs.Count == 1 ? encoder.Inputs.Single() : throw new InvalidWeightsException(files.Encoder, $"an image encoder has one input, this has {encoder.Inputs.Count}");
        if (type.Shape.Count != 4 || type.Element != ElementType.Float32)
        {
            throw new InvalidWeightsException(files.Encoder, $"an image encoder takes [1, 3, S, S] of 32-bit floats, this takes {type.Shape} of {type.Element}");
        }

        Name = NameOf(files.Encoder);
        CanvasSide = (int)(type.Shape[2].Size ?? 1024); // the customary exports leave it open and mean 1024
        _identity = new(HashFiles);
    }

    public string Name { get; }

    public int CanvasSide { get; }

    public int LogitSide => CanvasSide / 4;

    public string Identity => _identity.Value;

    protected IGraphRunner Decoder { get; }

    /// <summary>Opens both files and tells the layout by the decoder's inputs.</summary>
    /// <exception cref="InvalidWeightsException">A file cannot be run, or the decoder is of neither customary layout.</exception>
    public static OnnxSamBackend Open(OnnxSamFiles files, OnnxRuntimeEngine engine)
    {
        var encoder = engine.Open(files.Encoder);
        IGraphRunner? decoder = null;
        try
        {
            decoder = engine.Open(files.Decoder);
            return decoder.Inputs.ContainsKey("has_mask_input") && decoder.Inputs.ContainsKey("point_coords")
                ? new SegmentAnythingOnnxBackend(files, encoder, decoder)
                : decoder.Inputs.ContainsKey("input_points")
                ? new TransformersOnnxBackend(files, encoder, decoder)
                : throw new InvalidWeightsException(
                    files.Decoder,
                    $"its inputs ({string.Join(", ", decoder.Inputs.Keys)}) are of neither customary layout: segment-anything's (point_coords, point_labels, mask_input, has_mask_input, orig_im_size) or transformers' (input_points, input_labels)");
        }
        catch
        {
            encoder.Dispose();
            decoder?.Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, Tensor> Encode(Tensor image, CancellationToken cancellationToken)
    {
        var outputs = _encoder.Run(new Dictionary<string, Tensor> { [_imageName] = image }, cancellationToken: cancellationToken);
        return outputs.Count == 1 ? new Dictionary<string, Tensor> { ["image_embeddings"] = outputs.Values.Single() } : outputs;
    }

    public SamAnswers Decode(IReadOnlyDictionary<string, Tensor> embedding, PromptBatch batch, bool multimask, double qualityFloor, CancellationToken cancellationToken)
    {
        var (masks, quality) = Decode(embedding, batch, multimask, cancellationToken);
        return SamAnswers.All(masks, quality);
    }

    public void Dispose()
    {
        _encoder.Dispose();
        Decoder.Dispose();
    }

    /// <summary>Masks [P,M,side,side] and quality [P,M] of a batch: such files compute both at once.</summary>
    protected abstract (Tensor Masks, Tensor Quality) Decode(IReadOnlyDictionary<string, Tensor> embedding, PromptBatch batch, bool multimask, CancellationToken cancellationToken);

    /// <summary>Puts the answers of single prompts, or of batches, one after the other.</summary>
    protected static Tensor Stack(IReadOnlyList<Tensor> parts) =>
        Tensor.Of([.. parts.SelectMany(p => p.Floats)], [parts.Sum(p => p.Shape[0]), .. parts[0].Shape.Skip(1)]);

    /// <summary>For every prompt, one mask out of several.</summary>
    /// <param name="masks">[P,M,h,w].</param>
    /// <param name="quality">[P,M].</param>
    /// <param name="choose">Given a prompt's M qualities, which to take.</param>
    protected static (Tensor Masks, Tensor Quality) Choose(Tensor masks, Tensor quality, Func<ReadOnlyMemory<float>, int> choose)
    {
        var (prompts, count, cells) = ((int)quality.Shape[0], (int)quality.Shape[1], (int)(masks.Shape[2] * masks.Shape[3]));
        var (chosenMasks, chosenQuality) = (new float[prompts * cells], new float[prompts]);
        for (var p = 0; p < prompts; p++)
        {
            var mask = choose(quality.Floats.AsMemory(p * count, count));
            masks.Floats.AsSpan(((p * count) + mask) * cells, cells).CopyTo(chosenMasks.AsSpan(p * cells));
            chosenQuality[p] = quality.Floats[(p * count) + mask];
        }

        return (Tensor.Of(chosenMasks, prompts, 1, masks.Shape[2], masks.Shape[3]), Tensor.Of(chosenQuality, prompts, 1));
    }

    // The folder's name, or that of the model's folder where the files stand in its folder `onnx`.
    private static string NameOf(string file)
    {
        var folder = new FileInfo(file).Directory;
        return (folder?.Name == "onnx" ? folder.Parent : folder)?.Name ?? "sam-onnx";
    }

    private string HashFiles()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in new[] { _files.Encoder, _files.Decoder })
        {
            using var stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }

        return $"onnx-{Convert.ToHexStringLower(hash.GetHashAndReset())[..24]}";
    }
}
