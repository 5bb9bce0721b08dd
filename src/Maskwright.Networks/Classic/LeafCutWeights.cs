namespace Maskwright.Networks.Classic;

/// <summary>How much the parts of a <see cref="LeafCut"/>'s energy count.</summary>
/// <param name="Color">Of the colour's log odds, a pixel.</param>
/// <param name="Prior">Of the prior's log odds, a pixel.</param>
/// <param name="Boundary">Of an outline where nothing speaks for an edge, a pixel of length.</param>
internal readonly record struct LeafCutWeights(float Color, float Prior, float Boundary);
