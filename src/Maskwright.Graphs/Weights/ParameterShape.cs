namespace Maskwright.Graphs.Weights;

/// <summary>A parameter that a network wants: its own name and the shape it must have.</summary>
/// <param name="Name">The network's name of the parameter.</param>
/// <param name="Shape">Its sizes, outermost first; empty for a scalar.</param>
public sealed record ParameterShape(string Name, IReadOnlyList<long> Shape);
