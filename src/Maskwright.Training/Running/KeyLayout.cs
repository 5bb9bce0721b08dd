namespace Maskwright.Training.Running;

/// <summary>Where an encoder's output holds unit vectors by which its cells are compared.</summary>
/// <param name="Output">The output, such as <c>f8</c>.</param>
/// <param name="Stride">Image pixels a cell.</param>
/// <param name="FirstChannel">The first channel of the vectors.</param>
/// <param name="Heads">Vectors a cell.</param>
/// <param name="HeadWidth">Channels of each.</param>
public sealed record KeyLayout(string Output, int Stride, int FirstChannel, int Heads, int HeadWidth);
