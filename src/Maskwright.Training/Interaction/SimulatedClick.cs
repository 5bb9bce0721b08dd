namespace Maskwright.Training.Interaction;

/// <summary>A point of a simulated prompt.</summary>
/// <param name="X">Model pixels from the left edge; a pixel's centre lies at .5.</param>
/// <param name="Y">Model pixels from the top edge.</param>
/// <param name="Label">What it says.</param>
internal readonly record struct SimulatedClick(float X, float Y, ClickLabel Label);
