using Maskwright.Images;

namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>A case that went badly, as a picture with the outlines of truth and prediction.</summary>
/// <param name="Model">Whose case it is.</param>
/// <param name="Title">What is seen.</param>
/// <param name="Caption">Where it comes from.</param>
/// <param name="Picture">The picture.</param>
internal sealed record WorstCase(string Model, string Title, string Caption, RgbImage Picture);
