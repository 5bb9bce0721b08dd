namespace Maskwright.Graphs.Weights;

/// <summary>Where the tensors of a <see cref="WeightFile"/> come from.</summary>
public enum WeightFormat
{
    /// <summary>Arrays in memory, no file.</summary>
    Memory,

    /// <summary>A safetensors file.</summary>
    Safetensors,

    /// <summary>A PyTorch checkpoint in a zip archive (torch 1.6 and later).</summary>
    TorchZip,

    /// <summary>A PyTorch checkpoint as a row of pickles followed by raw storages (before torch 1.6).</summary>
    TorchLegacy,
}
