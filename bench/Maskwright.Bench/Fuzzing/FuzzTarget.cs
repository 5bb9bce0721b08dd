namespace Maskwright.Bench.Fuzzing;

/// <summary>A reader under test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Read">Reads a file or folder wholly; given the folder of the images as well.</param>
/// <param name="Seeds">Sound inputs; at least one.</param>
internal sealed record FuzzTarget(string Name, Action<string, string> Read, IReadOnlyList<FuzzSeed> Seeds)
{
    /// <summary>What a reader may answer to bad input: its documented exceptions are all of this family.</summary>
    public static bool IsDocumented(Exception fault) => fault is IOException and not EndOfStreamException;
}
