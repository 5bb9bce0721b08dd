using Maskwright.Training.Interaction;

namespace Maskwright.Training.Running;

/// <summary>What the log says of a part of a batch.</summary>
/// <param name="Loss">Everything that is minimised.</param>
/// <param name="Parts">Losses and measures by name, in the order in which they are told; a mean of nothing is not a number.</param>
internal sealed record BatchScores(double Loss, IReadOnlyList<(string Name, Mean Mean)> Parts);
