namespace Maskwright.Cli.Evaluation;

/// <summary>One of the predictions or models that are measured.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Scores">From how often each item counts to the values of all cells; NaN where there is none. Safe to be called on several threads at once.</param>
internal sealed record EvaluatedModel(string Name, Func<int[], double[]> Scores);
