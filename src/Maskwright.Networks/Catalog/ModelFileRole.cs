namespace Maskwright.Networks.Catalog;

/// <summary>What a file of a model is for.</summary>
public enum ModelFileRole
{
    /// <summary>All weights of the model.</summary>
    Weights,

    /// <summary>Sizes of the network (<c>config.json</c>).</summary>
    Config,

    /// <summary>Resizing and normalisation (<c>preprocessor_config.json</c>).</summary>
    Preprocessor,

    /// <summary>An ONNX graph from image to embedding.</summary>
    ImageEncoder,

    /// <summary>An ONNX graph from embedding and prompts to masks.</summary>
    PromptDecoder,
}
