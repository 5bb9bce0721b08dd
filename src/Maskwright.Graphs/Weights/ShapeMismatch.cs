namespace Maskwright.Graphs.Weights;

/// <summary>A parameter whose tensor in the checkpoint has another shape than the network wants.</summary>
/// <param name="Name">The network's name of the parameter.</param>
/// <param name="Key">The checkpoint's key of the tensor.</param>
/// <param name="Expected">The shape the network wants.</param>
/// <param name="Actual">The shape in the checkpoint.</param>
public sealed record ShapeMismatch(string Name, string Key, IReadOnlyList<long> Expected, IReadOnlyList<long> Actual)
{
    /// <summary>Both shapes in one line.</summary>
    public override string ToString()
        => $"{Name} wants [{string.Join(", ", Expected)}], the checkpoint has [{string.Join(", ", Actual)}]{(Key == Name ? "" : $" as {Key}")}";
}
