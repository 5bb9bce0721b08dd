namespace Maskwright.Training.Torch;

/// <summary>How the Torch engine runs graphs.</summary>
public sealed record TorchEngineOptions
{
    /// <summary>Threads for one operation, for all of Torch in this process; 0 leaves the number as it is (one for each core).</summary>
    public int Threads { get; init; }

    /// <summary>Where to run: <c>cpu</c>, or <c>cuda</c> with an optional number as in <c>cuda:1</c>, where this libtorch has it.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>In which numbers products are computed.</summary>
    public TorchPrecision Precision { get; init; }
}
