namespace Maskwright.Training.Running;

/// <summary>How a run goes: means over the steps since the last report.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Side">The crops' side.</param>
/// <param name="LearningRate">Of the last step.</param>
/// <param name="Loss">Everything that is minimised.</param>
/// <param name="Focal">The first output's focal loss.</param>
/// <param name="Dice">The first output's Dice loss.</param>
/// <param name="Quality">The quality head's squared error.</param>
/// <param name="Boundary">The boundary map's loss.</param>
/// <param name="Objectness">The objectness map's loss.</param>
/// <param name="Affinity">The loss of the likeness of cells; not a number when it is not asked for.</param>
/// <param name="ClickIou">The first output's IoU after one click.</param>
/// <param name="BestClickIou">The best output's IoU after one click.</param>
/// <param name="BoxIou">The first output's IoU after a box.</param>
/// <param name="LaterIou">The first output's IoU after corrections.</param>
/// <param name="GradientNorm">Before shortening.</param>
public sealed record TrainingProgress(
    long Step,
    long Steps,
    int Side,
    double LearningRate,
    double Loss,
    double Focal,
    double Dice,
    double Quality,
    double Boundary,
    double Objectness,
    double Affinity,
    double ClickIou,
    double BestClickIou,
    double BoxIou,
    double LaterIou,
    double GradientNorm);
