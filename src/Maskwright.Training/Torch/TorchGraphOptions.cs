namespace Maskwright.Training.Torch;

/// <summary>How a graph runs on Torch.</summary>
public sealed record TorchGraphOptions
{
    /// <summary>Where the weights lie that a network copies to learn: see <see cref="TorchDevices"/>. A graph over weights that are somewhere already runs there.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>In which numbers products are computed.</summary>
    public TorchPrecision Precision { get; init; }

    /// <summary>Patterns of node names that stay in 32-bit floats even under <see cref="TorchPrecision.BFloat16"/>, such as <c>*pe_layer*</c>; <c>*</c> stands for any letters.</summary>
    public IReadOnlyList<string> Float32Nodes { get; init; } = [];

    /// <summary>
    /// Patterns of scopes, such as <c>image_encoder.blocks.*</c>, whose inner results are not kept for the gradient but computed again when it arrives: less
    /// memory for one more forward pass. Only where gradients are recorded.
    /// </summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = [];

    /// <summary>What dropout's chances begin from: the same seed, weights and data give the same numbers on the same machine.</summary>
    public long Seed { get; init; }

    /// <summary>The share of a new batch in the running statistics of batch normalisation, 0 to 1; PyTorch's default is 0.1.</summary>
    public double BatchNormalisationMomentum { get; init; } = 0.1;

    /// <summary>The device of options, the processor where there are none.</summary>
    internal static string DeviceOf(TorchGraphOptions? options) => options?.Device ?? "cpu";
}
