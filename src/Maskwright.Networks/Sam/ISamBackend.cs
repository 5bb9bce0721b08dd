using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>The networks behind a SAM segmenter: this house's graphs, or someone's ONNX files.</summary>
internal interface ISamBackend : IDisposable
{
    /// <summary>The model's name.</summary>
    string Name { get; }

    /// <summary>S, the side of the square canvas in pixels.</summary>
    int CanvasSide { get; }

    /// <summary>The side of the decoder's logit maps in cells.</summary>
    int LogitSide { get; }

    /// <summary>Names the model and its weights exactly.</summary>
    string Identity { get; }

    /// <summary>[1,3,S,S] to what the decoder needs of the image, by name.</summary>
    IReadOnlyDictionary<string, Tensor> Encode(Tensor image, CancellationToken cancellationToken);

    /// <summary>Masks and quality of a batch.</summary>
    /// <param name="embedding">What <see cref="Encode"/> gave.</param>
    /// <param name="batch">The prompts.</param>
    /// <param name="multimask">Whether several masks a prompt are wanted.</param>
    /// <param name="qualityFloor">Prompts none of whose masks is predicted above it may come without masks.</param>
    /// <param name="cancellationToken">Ends the run soon.</param>
    /// <exception cref="NotSupportedException">These networks cannot take such prompts; says why.</exception>
    SamAnswers Decode(IReadOnlyDictionary<string, Tensor> embedding, PromptBatch batch, bool multimask, double qualityFloor, CancellationToken cancellationToken);
}
