namespace Maskwright.Networks.Catalog;

/// <summary>How a model lies on disk.</summary>
public enum ModelLayout
{
    /// <summary>Inside this library; no files.</summary>
    Embedded,

    /// <summary>One PyTorch checkpoint (<c>.pth</c>, <c>.pt</c>, <c>.bin</c>).</summary>
    PyTorch,

    /// <summary>One <c>.safetensors</c> file without a configuration beside it.</summary>
    Safetensors,

    /// <summary>A folder with <c>config.json</c> and <c>model.safetensors</c>, as the Transformers library writes it.</summary>
    Transformers,

    /// <summary>Two ONNX files that hand over image embeddings and positional embeddings: <c>vision_encoder</c> and <c>prompt_encoder_mask_decoder</c>.</summary>
    OnnxSplit,

    /// <summary>Two ONNX files whose decoder takes point coordinates and labels, as SAM's own export script writes it.</summary>
    OnnxPair,
}
