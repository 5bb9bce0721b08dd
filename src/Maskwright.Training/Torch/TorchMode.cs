namespace Maskwright.Training.Torch;

/// <summary>How layers behave that learn and answer differently.</summary>
public enum TorchMode
{
    /// <summary>Batch normalisation uses its running statistics; dropout lets everything pass.</summary>
    Evaluate,

    /// <summary>Batch normalisation uses the batch and updates its running statistics; dropout drops.</summary>
    Train,
}
