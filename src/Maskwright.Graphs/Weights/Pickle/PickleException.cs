namespace Maskwright.Graphs.Weights.Pickle;

/// <summary>A pickle was refused; <see cref="TorchCheckpoint"/> adds the name of the file.</summary>
internal sealed class PickleException(string reason) : Exception(reason);
