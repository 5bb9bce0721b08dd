using Maskwright.Graphs;

namespace Maskwright.Networks.Catalog;

/// <summary>A part of a model that runs by itself.</summary>
/// <param name="Role">What it does: <c>encoder</c>, <c>decoder</c>; empty where a model has one part only.</param>
/// <param name="Graph">The part.</param>
public sealed record ModelGraph(string Role, Graph Graph);
