using Maskwright.Training.Interaction;

namespace Maskwright.Training.Running;

/// <summary>What the log says of a part of a batch.</summary>
/// <param name="Loss">Everything that is minimised.</param>
/// <param name="Boundary">The boundary map's loss.</param>
/// <param name="Objectness">The objectness map's loss.</param>
/// <param name="Affinity">The loss of the likeness of cells; not a number when it is not asked for.</param>
/// <param name="Rounds">How good the answers were.</param>
internal sealed record BatchScores(double Loss, double Boundary, double Objectness, double Affinity, RoundScores Rounds);
